import type { ProfileId } from './profiles/profile.ts';

export interface Message {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

export interface ModelRequest {
  readonly messages: readonly Message[];
  /** Upper bound on the reply, in tokens. */
  readonly maxOutputTokens?: number;
}

/** Tokens of one call, those of attempts at it that broke off included. `estimated` when the provider did not say and they were counted from characters. */
export interface Usage {
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** Part of `promptTokens` that the provider read from its cache. */
  readonly cachedTokens: number;
  /** Part of `promptTokens` that it wrote into its cache, where it says so. */
  readonly cacheWriteTokens?: number;
  /** Part of `completionTokens` that was hidden reasoning, where it says so. */
  readonly reasoningTokens?: number;
  /** US dollars as the provider reported them; `undefined` when it did not. */
  readonly costUsd?: number;
  readonly estimated: boolean;
}

export type ModelFailureKind =
  | 'unreachable' // connection refused, DNS, timeout, cut stream
  | 'unauthorized' // 401, 403
  | 'unknown-model' // 404
  | 'context-length' // the prompt does not fit the model
  | 'rate-limited' // 429 after all retries
  | 'server' // 5xx after all retries
  | 'bad-response' // HTML, no choices, not the protocol
  | 'refused' // content filter
  | 'cancelled';

/** Why a call ended without a usable reply. `message` is one sentence for people that says what to do; it holds no key. */
export interface ModelFailure {
  readonly kind: ModelFailureKind;
  readonly message: string;
}

export type ModelEvent =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'reasoning'; readonly text: string }
  /** All the text so far was reasoning, which only its end has shown. */
  | { readonly kind: 'was-thought' }
  /** `attempt` is the one to come: 2 for the first retry. */
  | { readonly kind: 'retry'; readonly attempt: number; readonly waitMs: number; readonly reason: string }
  /** The wait after a `retry` is over; nothing was in flight meanwhile. The next request goes out when this is taken. */
  | { readonly kind: 'resume' }
  /** `requestId`: the provider's name for the request, by which its support finds it. */
  | {
      readonly kind: 'done';
      readonly usage: Usage;
      readonly finish: 'stop' | 'length';
      readonly requestId?: string;
    }
  | {
      readonly kind: 'failed';
      readonly failure: ModelFailure;
      readonly usage?: Usage;
      readonly requestId?: string;
    };

/** US dollars per million tokens. */
export interface Price {
  readonly input: number;
  readonly cachedInput: number;
  readonly output: number;
  /** Input that is written into a cache; `input` when absent. */
  readonly cacheWrite?: number;
}

export interface LanguageModel {
  /** How it is named on the command line and in logs: `offline`, `openai:gpt-5-mini`. */
  readonly spec: string;
  /** `undefined` when unknown; costs are then unknown as well, never zero. The offline model's is zero. */
  readonly price: Price | undefined;
  /** Tokens a prompt may hold, as known from a table or learnt from a refusal; `undefined` when unknown. */
  readonly contextTokens: number | undefined;
  /** Tokens a reply may hold; absent when unknown. */
  readonly maxOutputTokens?: number | undefined;
  /** How its kind is spoken to; the frontier models' way when absent. */
  readonly profile?: ProfileId;
  /**
   * Streams one reply. Must not throw or reject: every failure is the final event. Exactly one `done` or `failed` ends it;
   * text that came before a retry is not repeated (a retry happens only before the first text).
   */
  stream(request: ModelRequest, signal: AbortSignal): AsyncIterable<ModelEvent>;
}
