import type { LanguageModel, Message, ModelEvent } from '../../src/models/model.ts';

/** What a scripted model answers: a text, or the events themselves. */
export type ScriptedReply = string | readonly ModelEvent[];

export interface ScriptedModel extends LanguageModel {
  /** The messages of every call, in order. */
  readonly calls: readonly (readonly Message[])[];
}

export const usage = { promptTokens: 100, completionTokens: 10, cachedTokens: 0, estimated: false } as const;

/** A model in memory. `reply` sees the messages and the number of the call, from 0. A rejection of the signal ends a call as cancelled. */
export function scriptedModel(
  reply: (messages: readonly Message[], call: number, signal: AbortSignal) => ScriptedReply | Promise<ScriptedReply>,
  options: Partial<Pick<LanguageModel, 'spec' | 'price' | 'contextTokens'>> = {},
): ScriptedModel {
  const calls: (readonly Message[])[] = [];
  return {
    spec: options.spec ?? 'scripted',
    price: options.price,
    contextTokens: options.contextTokens,
    calls,
    async *stream({ messages }, signal): AsyncGenerator<ModelEvent> {
      const call = calls.push(messages) - 1;
      const answer = await reply(messages, call, signal);
      if (signal.aborted) yield { kind: 'failed', failure: { kind: 'cancelled', message: 'cancelled' } };
      else if (typeof answer !== 'string') yield* answer;
      else {
        yield { kind: 'text', text: answer };
        yield { kind: 'done', usage, finish: 'stop' };
      }
    },
  };
}

/** Waits until the signal aborts. */
export const untilAborted = (signal: AbortSignal) =>
  new Promise<string>((resolve) => {
    if (signal.aborted) resolve('');
    signal.addEventListener('abort', () => resolve(''), { once: true });
  });
