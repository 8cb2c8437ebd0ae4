import { field, text } from '../json.ts';
import type { ModelEvent, ModelRequest, Usage } from '../model.ts';
import { estimateUsage, readUsage } from './usage.ts';

/**
 * One reply as it arrives: chunks of a stream, or the single body of a plain answer. Both have the same shape but for
 * the name of what holds the text (`delta` or `message`).
 */
export class Reply {
  #text = '';
  #reasoning = '';
  #refusal = '';
  #finish: string | undefined;
  #usage: Usage | undefined;
  #choices = 0;

  /** Takes the next piece and says what is new in it. */
  take(piece: unknown): readonly ModelEvent[] {
    this.#usage = readUsage(field(piece, 'usage')) ?? this.#usage;
    const choice = field(piece, 'choices', 0);
    if (choice === undefined) return [];
    this.#choices++;
    const finish = text(field(choice, 'finish_reason'));
    if (finish !== '') this.#finish = finish;
    const part = field(choice, 'delta') ?? field(choice, 'message');
    this.#refusal += text(field(part, 'refusal'));
    return this.#events(reasoningOf(part), contentOf(field(part, 'content')));
  }

  #events(reasoning: string, content: string): readonly ModelEvent[] {
    this.#reasoning += reasoning;
    this.#text += content;
    const events: ModelEvent[] = [];
    if (reasoning !== '') events.push({ kind: 'reasoning', text: reasoning });
    if (content !== '') events.push({ kind: 'text', text: content });
    return events;
  }

  get text(): string {
    return this.#text;
  }

  get refusal(): string {
    return this.#refusal;
  }

  /** Why the server stopped; `undefined` when it has not said. */
  get finish(): string | undefined {
    return this.#finish;
  }

  /** Nothing in what came was a reply. */
  get isEmpty(): boolean {
    return this.#choices === 0;
  }

  /** The provider's count, or an estimate; `undefined` when nothing was produced and nothing was counted. */
  usageSoFar(request: ModelRequest): Usage | undefined {
    const produced = this.#text !== '' || this.#reasoning !== '';
    return this.#usage ?? (produced ? this.usage(request) : undefined);
  }

  usage(request: ModelRequest): Usage {
    return this.#usage ?? estimateUsage(request, this.#reasoning + this.#text);
  }
}

/** DeepSeek, vLLM and LM Studio say `reasoning_content`; OpenRouter and newer vLLM `reasoning`; some send both alike. */
function reasoningOf(part: unknown): string {
  return text(field(part, 'reasoning_content')) || text(field(part, 'reasoning'));
}

/** Text, or as from Mistral a list of parts of which some are text. */
function contentOf(content: unknown): string {
  if (!Array.isArray(content)) return text(content);
  return content.map((part) => text(field(part, 'text'))).join('');
}
