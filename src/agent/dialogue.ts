import type { Message } from '../models/model.ts';

/** What a request to the model holds, and what the one before it held; absent for the first. */
export interface DialogueRequest {
  readonly messages: readonly Message[];
  readonly previous?: readonly Message[];
}

const keptChars = 8000;

/** One agent's conversation with its model. It only grows, so that providers can cache its prefix, until it no longer fits. */
export class Dialogue {
  #messages: readonly Message[];
  #sent: readonly Message[] | undefined;
  /** Parts of the next user message. */
  #pending: string[];

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

  /** Keeps its beginning and its latest exchange, shortened. */
  compact(): void {
    if (this.#messages.length <= 4) return;
    const latest = this.#messages.slice(-2).map((one) => ({ ...one, content: one.content.slice(0, keptChars) }));
    this.#messages = [...this.#messages.slice(0, 2), ...latest];
  }
}
