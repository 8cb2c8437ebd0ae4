import type { ModelEvent, ModelRequest, Usage } from '../model.ts';
import { estimateTokens } from '../tokens.ts';

/** Why a server stopped. `broken`: something went wrong, and what came is no whole reply. */
export type Ending = 'stop' | 'length' | 'filtered' | 'refused' | 'broken';

/** What one piece of a reply brought. */
export interface Piece {
  readonly text?: string;
  readonly reasoning?: string;
  /** The text of earlier pieces was reasoning as well. */
  readonly wasThought?: boolean;
  readonly refusal?: string;
  readonly ending?: Ending | undefined;
  readonly usage?: Usage | undefined;
  /** The usage was counted before the reply was produced. */
  readonly early?: boolean;
}

/** One reply as it arrives: the events of a stream, or the single body of a plain answer. Protocols say how a piece is read. */
export class Reply {
  readonly #read: (piece: unknown, before: Usage | undefined) => Piece | undefined;
  #text = '';
  #reasoning = '';
  #refusal = '';
  #ending: Ending | undefined;
  #usage: Usage | undefined;
  #early = false;
  #pieces = 0;

  /** @param read `undefined` for a piece in which there is no reply; gets the usage that earlier pieces told. */
  constructor(read: (piece: unknown, before: Usage | undefined) => Piece | undefined) {
    this.#read = read;
  }

  /** Takes the next piece and says what is new in it. */
  take(source: unknown): readonly ModelEvent[] {
    const piece = this.#read(source, this.#usage);
    if (piece === undefined) return [];
    const { text = '', reasoning = '', refusal = '', wasThought = false, ending, usage, early = false } = piece;
    if (usage !== undefined) {
      this.#usage = usage;
      this.#early = early;
    }
    this.#ending = ending ?? this.#ending;
    if (text !== '' || reasoning !== '' || refusal !== '' || ending !== undefined) this.#pieces++;
    const events: ModelEvent[] = [];
    if (wasThought && this.#text !== '') {
      events.push({ kind: 'was-thought' });
      this.#reasoning += this.#text;
      this.#text = '';
    }
    this.#refusal += refusal;
    this.#reasoning += reasoning;
    this.#text += text;
    if (reasoning !== '') events.push({ kind: 'reasoning', text: reasoning });
    if (text !== '') events.push({ kind: 'text', text });
    return events;
  }

  /** Takes what came for a reply that was cut at its limit. */
  cutShort(): void {
    this.#ending = 'length';
  }

  get text(): string {
    return this.#text;
  }

  /** Characters of the reply and of the thinking before it. */
  get chars(): number {
    return this.#text.length + this.#reasoning.length;
  }

  get refusal(): string {
    return this.#refusal;
  }

  /** `undefined` when the server has not said. */
  get ending(): Ending | undefined {
    return this.#ending;
  }

  /** Nothing in what came was a reply. */
  get isEmpty(): boolean {
    return this.#pieces === 0;
  }

  /** The provider's count, or an estimate; `undefined` when nothing was produced and nothing was counted. */
  usageSoFar(request: ModelRequest): Usage | undefined {
    const produced = this.#text !== '' || this.#reasoning !== '';
    return this.#usage !== undefined || produced ? this.usage(request) : undefined;
  }

  usage(request: ModelRequest): Usage {
    const counted = this.#usage;
    if (counted !== undefined && !this.#early) return counted;
    const estimate = estimateUsage(request, this.#reasoning + this.#text);
    if (counted === undefined) return estimate;
    const { completionTokens } = estimate;
    return completionTokens > counted.completionTokens ? { ...counted, completionTokens, estimated: true } : counted;
  }
}

/** Reasoning is billed as output, so it belongs in `reply`. */
function estimateUsage(request: ModelRequest, reply: string): Usage {
  return {
    promptTokens: estimateTokens(request.messages.map((message) => message.content).join('')),
    completionTokens: estimateTokens(reply),
    cachedTokens: 0,
    estimated: true,
  };
}
