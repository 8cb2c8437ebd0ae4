import { createReplPool, type ReplPoolOptions, type WarmReplPool } from '../../src/repl/node/pool.ts';
import type { CellLimits, CellResult, Repl, ReplOptions } from '../../src/repl/repl.ts';
import { cacheDir, replAssets } from './repl-assets.ts';
import { corpusOf } from './repl-corpus.ts';

export { corpusOf };

const limits: CellLimits = { cellMs: 10_000, outputChars: 4000 };
const never: AbortSignal = new AbortController().signal;

export async function testPool(options: Partial<ReplPoolOptions> = {}): Promise<WarmReplPool> {
  return createReplPool({ assetsDir: await replAssets(), cacheDir, warm: 0, ...options });
}

export const refuseCalls: ReplOptions['onCall'] = async () => {
  throw new Error('this test expects no host call');
};

/** A REPL with a shorthand for running a cell. */
export interface TestRepl {
  readonly repl: Repl;
  run(code: string, some?: Partial<CellLimits>, signal?: AbortSignal): Promise<CellResult>;
  /** What the cell printed. @throws when the cell did not end well. */
  print(code: string): Promise<string>;
}

export async function openRepl(pool: WarmReplPool, options: Partial<ReplOptions> = {}, depth = 0): Promise<TestRepl> {
  const defaults: ReplOptions = { corpus: corpusOf({}), question: 'why?', onCall: refuseCalls };
  const repl = await pool.open({ ...defaults, ...options }, depth, never);
  const run: TestRepl['run'] = (code, some = {}, signal = never) => repl.run(code, { ...limits, ...some }, signal);
  const print = async (code: string) => {
    const result = await run(code);
    if (result.status !== 'ok') throw new Error(`${result.status}: ${result.error}`);
    return result.output.head + result.output.tail;
  };
  return { repl, run, print };
}
