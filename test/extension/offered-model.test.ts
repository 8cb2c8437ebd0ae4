import { describe, expect, it } from 'vitest';
import { offeredPair, offeredSub } from '../../extension/core/offered-choice.ts';
import { offeredFailure } from '../../extension/core/offered-failure.ts';
import { foldMessages } from '../../extension/core/offered-messages.ts';
import { type OfferedModel, type OfferedOptions, offeredModel } from '../../extension/core/offered-model.ts';
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

const fake = (
  { ask, countTokens = async (text) => text.length, isOffered = async () => true }: Fake,
  options: OfferedOptions = {},
  family = 'house',
) =>
  offeredModel(
    { name: 'test/one', title: 'One (test)', family, maxInputTokens: 1000, isOffered, ask, countTokens },
    { timeouts: { firstMs: 80, betweenMs: 80, lookMs: 10, countMs: 20 }, sleep: async () => undefined, ...options },
  );

async function replies(model: Fake, signal = new AbortController().signal): Promise<readonly ModelEvent[]> {
  const events: ModelEvent[] = [];
  for await (const event of fake(model).stream({ messages }, signal)) events.push(event);
  return events;
}

/** What VS Code throws: https://code.visualstudio.com/api/extension-guides/ai/language-model */
const thrown = (code: string, message: string, cause?: Error) => Object.assign(new Error(message, { cause }), { code });

const named = (name: string, message: string) => Object.assign(new Error(message), { name });

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

  it('costs what its family costs, or what the person says, by an estimate of its tokens', () => {
    const ask = () => says('x');
    expect(fake({ ask }, {}, 'gpt-5-mini').price).toMatchObject({ input: 0.25, output: 2 });
    expect(fake({ ask }, {}, 'claude-sonnet-4.5').price).toMatchObject({ input: 3, output: 15 });
    const prices = { 'vscode:test/one': { input: 1, cachedInput: 1, output: 2 } };
    expect(fake({ ask }, { prices }, 'gpt-5-mini').price).toMatchObject({ input: 1, output: 2 });
    expect(fake({ ask }, { profile: 'weak' }).profile).toBe('weak');
  });

  it('of an unknown family has no price, so that its cost is unknown and never zero', () => {
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

  it('is stopped at once also while VS Code does not say whether it offers it', async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 30);
    const isOffered = () => new Promise<boolean>(() => undefined);
    const events = await replies({ ask: never, isOffered }, stop.signal);
    expect(events.at(-1)).toMatchObject({ failure: { kind: 'cancelled' } });
  });

  it('has used what it said before it broke off', async () => {
    const usage = { promptTokens: 15, completionTokens: 4, estimated: true };
    expect((await replies({ ask: () => fails(new Error('odd'), 'half') })).at(-1)).toMatchObject({ usage });
    expect((await replies({ ask: () => fails(new Error('odd')) })).at(-1)).not.toHaveProperty('usage');
  });

  it('is asked again when its rate is limited and it has said nothing, five times at most', async () => {
    let asked = 0;
    const busyFor = (times: number) => () =>
      ++asked <= times ? fails(new Error('429 Too Many Requests')) : says('Now.');
    const kinds = (await replies({ ask: busyFor(2) })).map(({ kind }) => kind);
    expect(kinds).toEqual(['retry', 'resume', 'retry', 'resume', 'text', 'done']);
    asked = 0;
    expect((await replies({ ask: busyFor(99) })).at(-1)).toMatchObject({ failure: { kind: 'rate-limited' } });
    expect(asked).toBe(5);
  });

  it.each([
    ['a quota that is spent', new Error('429: you exceeded your current quota'), []],
    ['a limit in mid-reply', new Error('rate limit'), ['half']],
  ])('is not asked again after %s', async (_, error, before) => {
    let asked = 0;
    const ask = () => {
      asked++;
      return fails(error, ...before);
    };
    expect((await replies({ ask })).at(-1)).toMatchObject({ failure: { kind: 'rate-limited' } });
    expect(asked).toBe(1);
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
    ['a quota of Copilot', named('ChatQuotaExceeded', 'Upgrade'), 'rate-limited', /quota/],
    ['a rate limit of Copilot', named('ChatRateLimited', 'Slow down'), 'rate-limited', /Wait a little/],
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
