import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ModelEvent, ModelFailureKind, ModelRequest, Usage } from '../../../src/models/model.ts';
import { createModel } from '../../../src/models/node/create-model.ts';
import type { ProviderId } from '../../../src/models/providers/preset.ts';
import { startWireServer, type WireAnswer } from './wire-server.ts';

/** What a provider's answers look like on the wire, and what each has to come to. One JSON file each. */
interface Shapes {
  readonly provider: ProviderId;
  /** Where the shapes are documented. */
  readonly source: string;
  readonly model?: string;
  readonly cases: readonly Case[];
}

interface Case {
  readonly name: string;
  readonly answer: WireAnswer;
  readonly reply?: {
    readonly text: string;
    readonly finish: string;
    readonly usage?: Partial<Usage>;
    readonly reasoning?: string;
    readonly requestId?: string;
    /** Of the request. */
    readonly path?: string;
    readonly keyHeader?: string;
    readonly withoutKey?: boolean;
    readonly asks?: Readonly<Record<string, unknown>>;
  };
  readonly failure?: { readonly kind: ModelFailureKind; readonly message: string; readonly retries: number };
}

const key = 'key-0123456789abcdef';
const folder = import.meta.dirname;
const shapes = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => ({ name, ...(JSON.parse(readFileSync(join(folder, name), 'utf8')) as Shapes) }));

const request: ModelRequest = {
  messages: [
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: 'Say hello.' },
  ],
  maxOutputTokens: 500,
};

async function ask({ provider, model = 'test-model' }: Shapes, { answer, reply }: Case) {
  const leaking = JSON.parse(JSON.stringify(answer).replaceAll('THE-KEY', key)) as WireAnswer;
  const server = await startWireServer(leaking);
  const created = createModel(`${provider}:${model}`, {
    baseUrl: provider === 'anthropic' ? server.origin : `${server.origin}/v1`,
    apiKey: reply?.withoutKey ? undefined : key,
    offline: () => expect.fail('not offline'),
    tuning: { retry: { maxAttempts: 3, maxRateLimited: 3 }, sleep: async () => undefined },
  });
  if (created.kind === 'problem') return expect.fail(created.problem);
  const events: ModelEvent[] = [];
  for await (const event of created.model.stream(request, new AbortController().signal)) events.push(event);
  await server.close();
  const joined = (kind: 'text' | 'reasoning') =>
    events.map((event) => (event.kind === kind && 'text' in event ? event.text : '')).join('');
  return {
    events,
    end: events.at(-1),
    text: joined('text'),
    reasoning: joined('reasoning'),
    requests: server.requests,
  };
}

describe.each(shapes)('$name', (provider) => {
  it.each(provider.cases.filter(({ reply }) => reply))('reads $name', async (one) => {
    const { reply } = one;
    if (!reply) return;
    const { end, text, reasoning, requests } = await ask(provider, one);
    // Some are asked for the model's window first.
    const sent = requests.at(-1);
    expect(end).toMatchObject({ kind: 'done', finish: reply.finish, usage: reply.usage ?? {} });
    expect({ text, reasoning }).toEqual({ text: reply.text, reasoning: reply.reasoning ?? '' });
    if (reply.requestId) expect(end).toMatchObject({ requestId: reply.requestId });
    if (reply.path) expect(sent?.path).toMatch(new RegExp(`${reply.path}$`));
    if (reply.asks) expect(sent?.body).toMatchObject(reply.asks);
    const withKey = Object.entries(sent?.headers ?? {}).filter(([, value]) => String(value).includes(key));
    if (reply.keyHeader) expect(withKey.map(([name]) => name)).toEqual([reply.keyHeader]);
    if (reply.withoutKey) expect(sent?.headers).not.toHaveProperty('authorization');
    expect(sent?.body).not.toHaveProperty('temperature');
  });

  it.each(provider.cases.filter(({ failure }) => failure))('ends rightly after $name', async (one) => {
    const { failure } = one;
    if (!failure) return;
    const { end, events } = await ask(provider, one);
    expect(end).toMatchObject({ kind: 'failed', failure: { kind: failure.kind } });
    expect(end?.kind === 'failed' && end.failure.message).toContain(failure.message);
    expect(events.filter((event) => event.kind === 'retry')).toHaveLength(failure.retries);
    expect(JSON.stringify(events)).not.toContain(key);
  });

  it('covers what has to be covered', () => {
    const kinds = new Set(provider.cases.flatMap(({ failure }) => (failure ? [failure.kind] : [])));
    const wanted = [
      'bad-response',
      'context-length',
      'rate-limited',
      'refused',
      'server',
      'unauthorized',
      'unreachable',
    ];
    expect([...kinds]).toEqual(expect.arrayContaining(wanted));
  });
});
