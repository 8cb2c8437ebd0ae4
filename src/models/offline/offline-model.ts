import type { LanguageModel, Message, ModelEvent } from '../model.ts';
import { nextMove } from './explorer.ts';
import { readPassage } from './reader.ts';

/**
 * The embedded default: no language model, but a deterministic explorer that drives the same loop as one. As a root it
 * writes Python that ranks and reads; as a sub-agent it picks the lines of a passage that match a question. It says in its
 * answers what it is.
 */
export const offlineModel: LanguageModel = {
  spec: 'offline',
  price: { input: 0, cachedInput: 0, output: 0 },
  contextTokens: undefined,
  async *stream({ messages }, signal) {
    // Lets timers and Stop in between turns, as a real model's latency would.
    await Promise.resolve();
    if (signal.aborted) yield cancelled;
    else {
      yield { kind: 'text', text: replyTo(messages) };
      yield {
        kind: 'done',
        usage: { promptTokens: 0, completionTokens: 0, cachedTokens: 0, estimated: false },
        finish: 'stop',
      };
    }
  },
};

const cancelled: ModelEvent = { kind: 'failed', failure: { kind: 'cancelled', message: 'The run was stopped.' } };

const reading = /^Question: ([\s\S]*?)\n\n[\s\S]*?<passage [^\n]*>\n([\s\S]*)\n<\/passage>/;

function replyTo(messages: readonly Message[]): string {
  const hasRepl = messages[0]?.role === 'system' && messages[0].content.includes('```repl');
  if (hasRepl) return nextMove(messages);
  const asked = reading.exec(messages.find((message) => message.role === 'user')?.content ?? '');
  if (asked === null) return 'The offline model can only pick lines from a passage; it cannot answer free questions.';
  return JSON.stringify(readPassage(asked[1] ?? '', asked[2] ?? ''));
}
