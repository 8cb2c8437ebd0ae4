import { afterEach } from 'vitest';
import type { LanguageModel, ModelEvent, ModelFailure, ModelRequest, Usage } from '../../src/models/model.ts';
import { type RemoteOptions, remoteModel } from '../../src/models/node/remote-model.ts';
import { presetOf } from '../../src/models/providers/presets.ts';
import type { Script, Turn } from '../support/script.ts';
import { type ScriptedServer, startScriptedServer } from '../support/scripted-server.ts';

export const testKey = 'sk-test-0123456789abcdefghij';

const open: ScriptedServer[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

/** A server that is closed after the test. */
export async function serve(script: Script): Promise<ScriptedServer> {
  const server = await startScriptedServer({ script });
  open.push(server);
  return server;
}

export const serveTurns = (...turns: readonly (string | Turn)[]): Promise<ScriptedServer> => serve({ default: turns });

/** A model behind an OpenAI-compatible server. */
export const openAiModel = (options: Omit<RemoteOptions, 'preset'>): LanguageModel =>
  remoteModel({ preset: presetOf('openai'), ...options });

/** A model that does not really wait before a retry; `waits` are the milliseconds it would have. */
export function modelOf(server: Pick<ScriptedServer, 'url'>, options: Partial<RemoteOptions> = {}) {
  const waits: number[] = [];
  const model = openAiModel({
    model: 'test-model',
    baseUrl: server.url,
    apiKey: testKey,
    sleep: async (ms) => void waits.push(ms),
    ...options,
  });
  return { model, waits };
}

export const hello: ModelRequest = { messages: [{ role: 'user', content: 'Hello there, model' }] };

async function collect(events: AsyncIterable<ModelEvent>): Promise<ModelEvent[]> {
  const all: ModelEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

export interface Asked {
  readonly events: readonly ModelEvent[];
  readonly text: string;
  readonly reasoning: string;
  readonly end: ModelEvent | undefined;
}

export async function ask(
  model: LanguageModel,
  request: ModelRequest = hello,
  signal: AbortSignal = new AbortController().signal,
): Promise<Asked> {
  const events = await collect(model.stream(request, signal));
  let text = '';
  let reasoning = '';
  for (const event of events) {
    if (event.kind === 'text') text += event.text;
    if (event.kind === 'reasoning') reasoning += event.text;
    if (event.kind === 'was-thought') [text, reasoning] = ['', reasoning + text];
  }
  return { events, text, reasoning, end: events.at(-1) };
}

/** Asks, and gives the failure it must end with. */
export async function failureOf(
  server: Pick<ScriptedServer, 'url'>,
  options: Partial<RemoteOptions> = {},
): Promise<ModelFailure & { readonly usage: Usage | undefined; readonly events: readonly ModelEvent[] }> {
  const { events, end } = await ask(modelOf(server, options).model);
  if (end?.kind !== 'failed') throw new Error(`expected a failure, got ${JSON.stringify(events)}`);
  return { ...end.failure, usage: end.usage, events };
}
