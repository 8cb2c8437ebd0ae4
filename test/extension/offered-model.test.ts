import { describe, expect, it } from 'vitest';
import { offeredPair, offeredSub } from '../../extension/core/offered-choice.ts';
import { offeredFailure } from '../../extension/core/offered-failure.ts';
import { foldMessages } from '../../extension/core/offered-messages.ts';
import { type OfferedModel, offeredModel } from '../../extension/core/offered-model.ts';
import type { Message, ModelEvent } from '../../src/models/model.ts';
import { estimateTokens } from '../../src/models/tokens.ts';

const messages: readonly Message[] = [
  { role: 'system', content: 'Be exact.' },
  { role: 'user', content: 'Why?' },
];

interface Fake {
  readonly ask: OfferedModel['ask'];
  readonly countTokens?: OfferedModel['countTokens'];
  readonly isOffered?: OfferedModel['isOffered'];
}

const fake = ({ ask, countTokens = async (text) => text.length, isOffered = async () => true }: Fake) =>
  offeredModel(
    { name: 'test/one', title: 'One (test)', maxInputTokens: 1000, isOffered, ask, countTokens },
    { firstMs: 80, betweenMs: 80, lookMs: 10, countMs: 20 },
  );

async function replies(model: Fake, signal = new AbortController().signal): Promise<readonly ModelEvent[]> {
  const events: ModelEvent[] = [];
  for await (const event of fake(model).stream({ messages }, signal)) events.push(event);
  return events;
}

/** What VS Code throws: https://code.visualstudio.com/api/extension-guides/ai/language-model */
const thrown = (code: string, message: string, cause?: Error) => Object.assign(new Error(message, { cause }), { code });

async function* says(...texts: readonly string[]): AsyncGenerator<string> {
  yield* texts;
}

async function* never(): AsyncGenerator<string> {
  await new Promise(() => undefined);
}

async function* fails(error: unknown, ...before: readonly string[]): AsyncGenerator<string> {
  yield* before;
  throw error;
}

describe('a model of VS Code', () => {
  it('is asked without a system role, and its own counter counts', async () => {
    const asked: unknown[] = [];
    const events = await replies({
      ask: (folded) => {
        asked.push(...folded);
        return says('Be', '', 'cause');
      },
    });
    expect(asked).toEqual([{ role: 'user', content: 'Be exact.\n\nWhy?' }]);
    expect(events).toEqual([
      { kind: 'text', text: 'Be' },
      { kind: 'text', text: 'cause' },
      {
        kind: 'done',
        usage: { promptTokens: 15, completionTokens: 7, cachedTokens: 0, estimated: true },
        finish: 'stop',
      },
    ]);
  });

  it.each([
    ['rejects', () => Promise.reject(new Error('no tokenizer'))],
    ['hangs', () => new Promise<number>(() => undefined)],
    ['counts nonsense', async () => Number.NaN],
  ])('has its tokens estimated when its counter %s', async (_, countTokens) => {
    const last = (await replies({ ask: () => says('Because of it.'), countTokens })).at(-1);
    expect(last).toMatchObject({ usage: { completionTokens: estimateTokens('Because of it.'), estimated: true } });
  });

  it('has no price, so that its cost is unknown and never zero', () => {
    expect(fake({ ask: () => says('x') })).toMatchObject({
      spec: 'vscode:test/one',
      price: undefined,
      contextTokens: 1000,
    });
  });

  it('was cancelled when its stream just ends after Stop', async () => {
    const stop = new AbortController();
    async function* untilStopped(signal: AbortSignal): AsyncGenerator<string> {
      yield 'half';
      stop.abort();
      await new Promise<void>((resolve) =>
        signal.aborted ? resolve() : signal.addEventListener('abort', () => resolve()),
      );
    }
    const events = await replies({ ask: (_, signal) => untilStopped(signal) }, stop.signal);
    expect(events.at(-1)).toMatchObject({ kind: 'failed', failure: { kind: 'cancelled' } });
  });

  it('asks nothing when it is stopped before', async () => {
    const ask = () => {
      throw new Error('asked');
    };
    expect(await replies({ ask }, AbortSignal.abort())).toMatchObject([{ failure: { kind: 'cancelled' } }]);
  });

  it('has gone when it is silent and VS Code does not offer it any more, not when it is missing once', async () => {
    async function* hangs(): AsyncGenerator<string> {
      yield 'half';
      await new Promise(() => undefined);
    }
    const looks = [true, false, true, false, false];
    const isOffered = async () => looks.shift() ?? true;
    const events = await replies({ ask: hangs, isOffered });
    expect(events.at(-1)).toMatchObject({ kind: 'failed', failure: { kind: 'unknown-model' } });
    expect(looks).toEqual([]);
  });

  it.each([
    ['says nothing', never, 'unreachable'],
    ['ends without a word', () => says(), 'bad-response'],
    ['breaks off', () => fails(new Error('fetch failed'), 'half'), 'unreachable'],
  ] as const)('fails when it %s', async (_, ask, kind) => {
    expect((await replies({ ask })).at(-1)).toMatchObject({ kind: 'failed', failure: { kind } });
  });

  it('ends its request when nobody listens any more', async () => {
    let seen: AbortSignal | undefined;
    const model = fake({
      ask: (_, signal) => {
        seen = signal;
        return says('a', 'b');
      },
    });
    for await (const _ of model.stream({ messages }, new AbortController().signal)) break;
    expect(seen?.aborted).toBe(true);
  });
});

describe('what VS Code throws', () => {
  it.each([
    ['consent was denied', thrown('NoPermissions', 'Language model access denied'), 'unauthorized', /choose Allow/],
    ['a model that is gone', thrown('NotFound', 'test/one'), 'unknown-model', /does not offer One/],
    ['a quota', thrown('Blocked', 'You have exceeded your premium request allowance'), 'rate-limited', /quota/],
    ['a rate limit', thrown('Unknown', 'failed', new Error('429 Too Many Requests')), 'rate-limited', /Wait/],
    ['a block', thrown('Blocked', 'Not for you'), 'refused', /blocked.*It said: Not for you/],
    ['a filter', new Error('Response got filtered'), 'refused', /content filter/],
    ['a prompt that is too long', new Error('prompt is too long: 9 tokens > 8 maximum'), 'context-length', /fit/],
    ['no sign-in', new Error('Please sign in'), 'unauthorized', /Accounts/],
    ['anything else', 'odd', 'server', /It said: odd/],
  ])('tells of %s what to do', (_, error, kind, message) => {
    expect(offeredFailure('One (test)', error)).toEqual({ kind, message: expect.stringMatching(message) });
  });

  it('passes no key on', () => {
    expect(offeredFailure('One', new Error('wrong key sk-abcdef123456')).message).not.toContain('abcdef');
  });
});

describe('messages for VS Code', () => {
  it('keep their order and text', () => {
    const rest: readonly Message[] = [
      { role: 'assistant', content: 'a' },
      { role: 'user', content: 'b' },
    ];
    expect(foldMessages(rest)).toEqual(rest);
    expect(foldMessages([{ role: 'system', content: 's' }, ...rest])).toEqual([
      { role: 'user', content: 's' },
      ...rest,
    ]);
  });
});

describe('the pair of VS Code', () => {
  const offered = (vendor: string, ...families: readonly string[]) =>
    families.map((family) => ({
      name: `${vendor}/${family}`,
      title: family,
      ...{ vendor, family, maxInputTokens: 128_000 },
    }));

  it('is strong above and cheap below, of one vendor, Copilot first', () => {
    const all = [...offered('other', 'x-large'), ...offered('copilot', 'gpt-4o-mini', 'gpt-5-mini', 'gpt-5')];
    expect(offeredPair(all)).toEqual({ root: 'copilot/gpt-5', sub: 'copilot/gpt-5-mini' });
    expect(offeredSub('other/x-large', all)).toBe('other/x-large');
  });

  it('takes what there is, and nothing that is too small', () => {
    expect(offeredPair(offered('byok', 'tiny-mini', 'house'))).toEqual({ root: 'byok/house', sub: 'byok/tiny-mini' });
    expect(offeredPair(offered('byok', 'house').map((one) => ({ ...one, maxInputTokens: 4000 })))).toBeUndefined();
  });
});
