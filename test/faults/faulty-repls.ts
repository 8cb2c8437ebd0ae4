import type { HostCall } from '../../src/repl/host-call.ts';
import type { AnswerState, CellResult, CellStatus, Repl, ReplOptions, ReplPool } from '../../src/repl/repl.ts';
import type { World } from './world.ts';

/** REPLs whose cells are lists of words, each a call to the host or a step of the answer; they break in every way. */
export function faultyRepls(world: World, trouble: number): ReplPool {
  return {
    async open(options, _depth, signal) {
      await world.pause(signal);
      signal.throwIfAborted();
      if (world.chance.is(trouble / 4)) throw new Error('no interpreter could be started');
      if (world.chance.is(trouble / 4)) {
        await world.untilAborted(signal);
        throw signal.reason;
      }
      world.openRepls++;
      return new FaultyRepl(world, options, trouble);
    },
    async close() {},
  };
}

class FaultyRepl implements Repl {
  readonly #world: World;
  readonly #options: ReplOptions;
  readonly #trouble: number;
  readonly #closing = new AbortController();
  #answer: AnswerState = { content: '', ready: false };

  constructor(world: World, options: ReplOptions, trouble: number) {
    this.#world = world;
    this.#options = options;
    this.#trouble = trouble;
  }

  async run(code: string, _limits: unknown, signal: AbortSignal): Promise<CellResult> {
    const { chance } = this.#world;
    const limit = new AbortController();
    const within = AbortSignal.any([signal, this.#closing.signal, limit.signal]);
    const callOff = chance.is(this.#trouble)
      ? this.#world.clock.after(chance.from(1, 5000), () => limit.abort())
      : undefined;
    try {
      return await this.#words(code, within);
    } finally {
      callOff?.();
    }
  }

  async #words(code: string, within: AbortSignal): Promise<CellResult> {
    const { chance } = this.#world;
    this.#answer = { ...this.#answer, ready: false };
    const said: string[] = [];
    for (const word of code.split('\n')) {
      await this.#world.pause(within);
      if (within.aborted) return this.#result('interrupted', 'stopped', said);
      said.push(await this.#do(word.trim(), within));
    }
    if (!chance.is(this.#trouble)) return this.#result('ok', '', said);
    if (chance.is(0.1)) throw new Error('the REPL threw');
    return this.#result(chance.of({ error: 3, interrupted: 1, lost: 1 }), 'Traceback: oh', said);
  }

  async refresh(): Promise<void> {
    this.#world.steps++;
    if (this.#closing.signal.aborted || this.#world.chance.is(this.#trouble / 10)) throw new Error('it is gone');
    this.#answer = { content: '', ready: false };
  }

  async close(): Promise<void> {
    if (this.#closing.signal.aborted) return;
    this.#closing.abort(new Error('closed'));
    this.#world.openRepls--;
    this.#world.steps++;
    if (this.#world.chance.is(this.#trouble / 10)) throw new Error('the REPL could not be closed');
  }

  /** What the word prints. */
  async #do(word: string, signal: AbortSignal): Promise<string> {
    const call = callOf(word, this.#world);
    if (word === 'answer') this.#answer = { content: 'One is in [src/a.ts:1] "const one".', ready: true };
    if (word === 'half') this.#answer = { content: 'Something about one.', ready: false };
    if (call === undefined) return word;
    // Python waits for the answer, or is interrupted; what comes later reaches nobody.
    const aborted = this.#world.untilAborted(signal).then(() => 'interrupted');
    const answered = this.#options.onCall(call, signal).then(
      (value) => JSON.stringify(value) ?? 'None',
      (error: unknown) => `RuntimeError: ${error instanceof Error ? error.message : String(error)}`,
    );
    return Promise.race([answered, aborted]);
  }

  #result(status: CellStatus, error: string, said: readonly string[]): CellResult {
    const head = said.join('\n');
    const output = { head, tail: '', totalChars: head.length, totalLines: said.length, omittedChars: 0 };
    return { status, error, output, answer: this.#answer, variables: [], ms: 1, waitMs: 0 };
  }
}

function callOf(word: string, { chance }: World): HostCall | undefined {
  const all = { paths: null, texts: {} };
  const prompt = `read ${chance.from(1, 6)}`;
  const schema = { type: 'object', properties: { n: { type: 'number' } }, required: ['n'] };
  switch (word) {
    case 'llm':
      return { op: 'llm_query', prompt, ...(chance.is(0.2) && { model: 'root' as const }) };
    case 'schema':
      return { op: 'llm_query', prompt, schema: chance.is(0.1) ? { type: 7 } : schema };
    case 'batch':
      return { op: 'llm_batch', prompts: chance.list(0, 8, (at) => `${prompt} ${at}`) };
    case 'many':
      return { op: 'llm_batch', prompts: chance.list(20, 60, (at) => `${prompt} ${at}`) };
    case 'rlm':
      return { op: 'rlm_query', child: { task: prompt, ...all } };
    case 'family':
      return {
        op: 'rlm_batch',
        children: chance.list(1, 4, (at) => ({
          task: `${prompt} ${at}`,
          ...all,
          paths: chance.is(0.2) ? ['no/such'] : null,
        })),
      };
    case 'search':
      return { op: 'search', query: chance.is(0.2) ? '/(/' : 'one two', k: 3, files: all };
    case 'symbols':
      return { op: 'symbols', query: { ask: 'symbols', name: 'one', limit: 5 } };
    case 'git':
      return { op: 'git', query: { ask: 'log', path: null, count: 3 } };
    case 'budget':
      return { op: 'budget' };
    default:
      return undefined;
  }
}
