import { createReplPool, type ReplPoolOptions, type WarmReplPool } from '../../../src/repl/node/pool.ts';
import type { Repl, ReplOptions } from '../../../src/repl/repl.ts';
import { assetsDir, cacheDir } from './places.ts';

const never = new AbortController().signal;

export function pool(options: Partial<ReplPoolOptions> = {}): WarmReplPool {
  return createReplPool({ assetsDir, cacheDir, warm: 0, perDepth: 64, ...options });
}

export function open(repls: WarmReplPool, options: Partial<ReplOptions> = {}): Promise<Repl> {
  const corpus = { bytes: new SharedArrayBuffer(0), index: [], texts: {} };
  return repls.open({ corpus, question: 'why?', onCall: async () => null, ...options }, 0, never);
}

/** What the cell printed. @throws when it did not end well. */
export async function cell(repl: Repl, code: string): Promise<string> {
  const { status, error, output } = await repl.run(code, { cellMs: 60_000, outputChars: 4000 }, never);
  if (status !== 'ok') throw new Error(`${status}: ${error}`);
  return output.head.trim();
}

export async function timed<T>(work: () => Promise<T>): Promise<{ readonly ms: number; readonly value: T }> {
  const startedAt = performance.now();
  const value = await work();
  return { ms: performance.now() - startedAt, value };
}
