import type { Message } from '../models/model.ts';
import { charsOf } from './prompt-fit.ts';

/** What a request to the model holds, and what the one before it held; absent for the first. */
export interface DialogueRequest {
  readonly messages: readonly Message[];
  readonly previous?: readonly Message[];
}

/** Of each message of the latest exchange: at first, and at the last. */
const mostChars = 8000;
const fewestChars = 500;

/** One agent's conversation with its model. It only grows, so that providers can cache its prefix, until it no longer fits. */
export class Dialogue {
  #messages: readonly Message[];
  #sent: readonly Message[] | undefined;
  /** Parts of the next user message. */
  #pending: string[];
  #keptChars = mostChars;

  constructor(system: string, opening: string) {
    this.#messages = [{ role: 'system', content: system }];
    this.#pending = [opening];
  }

  get messages(): readonly Message[] {
    return this.#messages;
  }

  /** Puts a part at the end of the next user message. */
  say(part: string): void {
    this.#pending.push(part);
  }

  request(): DialogueRequest {
    this.#messages = [...this.#messages, { role: 'user', content: this.#pending.join('\n\n') }];
    this.#pending = [];
    const previous = this.#sent === undefined ? {} : { previous: this.#sent };
    this.#sent = this.#messages;
    return { messages: this.#messages, ...previous };
  }

  replied(text: string): void {
    this.#messages = [...this.#messages, { role: 'assistant', content: text }];
  }

  /** Takes the unanswered user message back, to be sent again with more in it. */
  retract(): void {
    const unanswered = this.#messages.at(-1);
    this.#messages = this.#messages.slice(0, -1);
    if (unanswered !== undefined) this.#pending.unshift(unanswered.content);
  }

  /** Keeps its beginning and its latest exchange, each time less of it. @returns whether anything could be left out. */
  shorten(): boolean {
    const before = charsOf(this.#messages);
    while (this.#keptChars >= fewestChars && charsOf(this.#messages) === before) {
      const latest = this.#messages
        .slice(2)
        .slice(-2)
        .map((one) => withoutMiddle(one, this.#keptChars));
      this.#messages = [...this.#messages.slice(0, 2), ...latest];
      this.#keptChars /= 4;
    }
    return charsOf(this.#messages) < before;
  }
}

/** The end of a message says what is to be done now. */
function withoutMiddle({ role, content }: Message, most: number): Message {
  if (content.length <= most) return { role, content };
  const head = content.slice(0, most / 2);
  const tail = content.slice(-most / 2);
  return { role, content: `${head}\n[… shortened …]\n${tail}` };
}
