import type { LanguageModel, ModelEvent, ModelFailureKind, Price, Usage } from '../../src/models/model.ts';
import type { World } from './world.ts';

const failures: readonly ModelFailureKind[] = [
  'unreachable',
  'unauthorized',
  'unknown-model',
  'context-length',
  'rate-limited',
  'server',
  'bad-response',
  'refused',
];

/** A model that says anything and fails in every way, also in ways its contract forbids. It keeps to the tokens it is granted. */
export function faultyModel(world: World, spec: string, price: Price | undefined, trouble: number): LanguageModel {
  return {
    spec,
    price,
    contextTokens: world.chance.is(0.1) ? 3000 : undefined,
    async *stream({ messages, maxOutputTokens = 1000 }, signal): AsyncGenerator<ModelEvent> {
      const sending = new Sending(world);
      try {
        const promptTokens = Math.floor(messages.reduce((sum, { content }) => sum + content.length, 0) / 8);
        yield* speak(world, signal, sending, { promptTokens, most: Math.min(maxOutputTokens, 800), trouble });
      } finally {
        sending.end();
      }
    },
  };
}

/** One request at a server: counted while it is there. */
class Sending {
  readonly #world: World;
  #counted = false;

  constructor(world: World) {
    this.#world = world;
    this.begin();
  }

  begin(): void {
    this.#counted = true;
    this.#world.openStreams++;
    this.#world.mostStreams = Math.max(this.#world.mostStreams, this.#world.openStreams);
  }

  /** Idempotent. */
  end(): void {
    if (this.#counted) this.#world.openStreams--;
    this.#counted = false;
    this.#world.steps++;
  }
}

interface Speech {
  readonly promptTokens: number;
  readonly most: number;
  readonly trouble: number;
}

async function* speak(world: World, signal: AbortSignal, sending: Sending, speech: Speech): AsyncGenerator<ModelEvent> {
  const { chance } = world;
  await world.pause(signal);
  const cancelled = { kind: 'failed', failure: { kind: 'cancelled', message: 'cancelled' } } as const;
  if (signal.aborted) return yield cancelled;
  if (chance.is(speech.trouble)) {
    sending.end();
    yield { kind: 'retry', attempt: 2, waitMs: 500, reason: '429' };
    await world.sleep(500, signal);
    yield { kind: 'resume' };
    if (signal.aborted) return yield cancelled;
    sending.begin();
  }
  const text = replyOf(world);
  const half = Math.floor(text.length / 2);
  if (chance.is(0.3)) yield { kind: 'reasoning', text: 'hm' };
  yield { kind: 'text', text: text.slice(0, half) };
  await world.pause(signal);
  if (signal.aborted) return yield cancelled;
  if (chance.is(speech.trouble)) return yield* fail(world, signal, speech);
  yield { kind: 'text', text: text.slice(half) };
  yield { kind: 'done', usage: usageOf(world, speech), finish: chance.is(0.1) ? 'length' : 'stop' };
}

async function* fail(world: World, signal: AbortSignal, speech: Speech): AsyncGenerator<ModelEvent> {
  switch (world.chance.of({ says: 6, stops: 1, throws: 1, hangs: 2 })) {
    case 'says': {
      const kind = failures[world.chance.from(0, failures.length - 1)] ?? 'server';
      const usage = world.chance.is(0.5) ? { usage: usageOf(world, speech) } : {};
      return yield { kind: 'failed', failure: { kind, message: `it is ${kind}` }, ...usage };
    }
    case 'stops':
      return;
    case 'throws':
      throw new Error('the model threw');
    case 'hangs':
      await world.untilAborted(signal);
      return yield { kind: 'failed', failure: { kind: 'cancelled', message: 'cancelled' } };
  }
}

const usageOf = ({ chance }: World, { promptTokens, most }: Speech): Usage => ({
  promptTokens,
  completionTokens: chance.from(1, most),
  cachedTokens: chance.is(0.3) ? Math.floor(promptTokens / 2) : 0,
  estimated: chance.is(0.2),
});

const fence = '```';

/** A reply: mostly a cell in the language of the faulty REPLs. */
export function replyOf({ chance }: Pick<World, 'chance'>): string {
  const cell = `${fence}repl\n${chance.list(0, 3, () => op(chance)).join('\n')}\n${fence}`;
  switch (chance.of({ cell: 10, two: 1, open: 1, prose: 2, empty: 1, final: 2, json: 1, long: 1 })) {
    case 'cell':
      return `Let me look.\n${cell}`;
    case 'two':
      return `${cell}\nand\n${cell}`;
    case 'open':
      return `${fence}repl\n${op(chance)}`;
    case 'prose':
      return 'It is in [src/a.ts:1], I think; also in [src/gone.ts:4-9].';
    case 'empty':
      return chance.is(0.5) ? '' : '   \n';
    case 'final':
      return 'FINAL(One is defined in [src/a.ts:1].)';
    case 'json':
      return '{"n": 1}';
    case 'long':
      return 'word '.repeat(chance.from(100, 5000));
  }
}

const op = (chance: World['chance']) =>
  chance.of({
    llm: 4,
    batch: 4,
    rlm: 3,
    family: 2,
    schema: 2,
    search: 2,
    symbols: 1,
    git: 1,
    budget: 1,
    many: 1,
    answer: 4,
    half: 2,
  });
