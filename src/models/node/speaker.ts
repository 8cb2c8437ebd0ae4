import type { ModelEvent, ModelRequest } from '../model.ts';
import { type Dialect, type FormError, firstDialect, simplerDialect } from '../wire/dialect.ts';
import { ModelLimits } from '../wire/model-limits.ts';
import type { Target } from '../wire/verdict.ts';
import { anthropicSend } from './anthropic-client.ts';
import { type AttemptContext, type AttemptEnd, attempt } from './attempt.ts';
import type { Network } from './network.ts';
import { openAiSend } from './openai-client.ts';
import type { RemoteOptions } from './remote-model.ts';
import type { BodyTimeouts } from './response-body.ts';
import { type Endpoint, ownHeaders } from './send.ts';
import { SharedWork } from './shared-work.ts';
import { longestLookUpMs, toldWindow } from './told-window.ts';

const defaultTimeouts: BodyTimeouts = { firstByteMs: 240_000, betweenChunksMs: 120_000 };

/** Says requests in the form that the server was found to understand; what is found out holds for all later ones. */
export class Speaker {
  readonly limits: ModelLimits;
  readonly #context: AttemptContext;
  #dialect: Dialect;
  /** Once, before the first request; absent where servers do not tell it. */
  readonly #askWindow: SharedWork | undefined;

  constructor(options: RemoteOptions, target: Target, network: Network) {
    const { preset, model, baseUrl, apiKey, headers = {} } = options;
    this.#dialect = firstDialect(model, preset.protocol, preset.quirks, options.effort);
    this.limits = new ModelLimits(options);
    const endpoint: Endpoint = { preset, model, baseUrl, apiKey, headers, fetch: network.fetch };
    const { tellsWindow } = preset.quirks;
    if (tellsWindow !== undefined) {
      const question = { fetch: ownHeaders(endpoint), baseUrl, model };
      this.#askWindow = new SharedWork(
        async (signal) => this.limits.learnWindow(await toldWindow(tellsWindow, { ...question, signal })),
        longestLookUpMs,
      );
    }
    const send = preset.protocol === 'anthropic' ? anthropicSend : openAiSend;
    this.#context = {
      target,
      send: send(endpoint),
      timeouts: { ...defaultTimeouts, ...options.timeouts },
      now: options.now ?? Date.now,
    };
  }

  /** One attempt; once more for a shorter reply when prompt and reply together do not fit a window that was only just learnt. */
  async *attempt(request: ModelRequest, signal: AbortSignal): AsyncGenerator<ModelEvent, AttemptEnd> {
    // Who is stopped meanwhile hears so from the attempt.
    if (!this.limits.knowsWindow) await this.#askWindow?.wait(signal).catch(() => undefined);
    const before = this.limits.fit(request);
    const end = yield* this.#spoken(before, signal);
    if (end.kind === 'done' || end.verdict.contextLimit === undefined) return end;
    this.limits.learnWindow(end.verdict.contextLimit);
    if (end.begun) return end;
    const after = this.limits.fit(request);
    const shorter = (after.maxOutputTokens ?? 0) < (before.maxOutputTokens ?? 0);
    return shorter ? yield* this.#spoken(after, signal) : end;
  }

  /** One attempt, said more simply as long as the server refuses the form, not the length. Stops the request when it is left. */
  async *#spoken(request: ModelRequest, signal: AbortSignal): AsyncGenerator<ModelEvent, AttemptEnd> {
    let asked = request;
    for (;;) {
      const dialect = this.#dialect;
      const call = new AbortController();
      const stop = (): void => call.abort(signal.reason);
      if (signal.aborted) stop();
      else signal.addEventListener('abort', stop, { once: true });
      let read = false;
      try {
        const end = yield* attempt(this.#context, asked, dialect, call.signal);
        read = end.kind === 'done';
        if (end.kind === 'done' || !end.formError || end.verdict.contextLimit !== undefined) return end;
        const shorter = this.limits.shorten(asked, end.formError.text);
        if (shorter === undefined && !this.#simplify(dialect, end.formError)) return end;
        asked = shorter ?? asked;
      } finally {
        signal.removeEventListener('abort', stop);
        if (!read) call.abort();
      }
    }
  }

  /** @returns whether the same request is worth sending in another form. Calls at the same time may find out the same. */
  #simplify(used: Dialect, error: FormError): boolean {
    const simpler = simplerDialect(used, error);
    if (simpler && this.#dialect === used) this.#dialect = simpler;
    return simpler !== undefined;
  }
}
