import type { ModelRequest } from '../model.ts';
import { estimateTokens } from '../tokens.ts';
import { believableWindow, outputLimitIn } from './context-limit.ts';

export interface KnownLimits {
  /** Tokens of a prompt, as known from a table. */
  readonly contextTokens?: number | undefined;
  /** Tokens of prompt and reply together, as told by the server. */
  readonly windowTokens?: number | undefined;
  /** Tokens of a reply. */
  readonly maxOutputTokens?: number | undefined;
}

/** The share of a window that a prompt may take, so that a reply has room. */
const promptShare = 0.85;
/** Code has more tokens than the estimate says. */
const caution = 1.3;
/** A shorter reply is no reply. */
const shortestReply = 256;

/** What a model takes and gives, as far as it is known; grows with what its refusals tell. */
export class ModelLimits {
  readonly #context: number | undefined;
  #window: number | undefined;
  #reply: number | undefined;

  constructor({ contextTokens, windowTokens, maxOutputTokens }: KnownLimits) {
    this.#context = contextTokens;
    this.#window = believableWindow(windowTokens);
    this.#reply = maxOutputTokens;
  }

  /** Tokens of a prompt; `undefined` as long as unknown. */
  get promptTokens(): number | undefined {
    const learnt = this.#window === undefined ? undefined : Math.floor(this.#window * promptShare);
    return learnt === undefined || this.#context === undefined
      ? (this.#context ?? learnt)
      : Math.min(this.#context, learnt);
  }

  /** Tokens of a reply; `undefined` as long as unknown. */
  get replyTokens(): number | undefined {
    return this.#reply;
  }

  get knowsWindow(): boolean {
    return this.#window !== undefined;
  }

  learnWindow(told: number | undefined): void {
    const tokens = believableWindow(told);
    if (tokens !== undefined) this.#window = Math.min(this.#window ?? tokens, tokens);
  }

  /** The request with no longer a reply than there can be. */
  fit(request: ModelRequest): ModelRequest {
    const { maxOutputTokens: wished, messages } = request;
    if (wished === undefined) return request;
    const most = Math.min(wished, this.#reply ?? wished);
    if (this.#window === undefined) return { ...request, maxOutputTokens: most };
    const prompt = messages.reduce((sum, { content }) => sum + estimateTokens(content) + 8, 0) * caution;
    const room = Math.max(shortestReply, Math.floor(this.#window - prompt));
    return { ...request, maxOutputTokens: Math.min(most, room) };
  }

  /** @returns the request with the longest reply that the refusal says there may be, when that is what it is about. */
  shorten(asked: ModelRequest, refusal: string): ModelRequest | undefined {
    const limit = outputLimitIn(refusal);
    if (limit === undefined || limit >= (asked.maxOutputTokens ?? 0)) return undefined;
    this.#reply = Math.min(limit, this.#reply ?? limit);
    return { ...asked, maxOutputTokens: limit };
  }
}
