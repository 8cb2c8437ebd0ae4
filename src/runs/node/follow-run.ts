import { stat } from 'node:fs/promises';
import { type ReadRun, readRun } from './read-run.ts';

/** Most of the time is not spent on reading, however large a log has become. */
const restFactor = 4;

/** Reads a log again whenever it has grown, until stopped. @returns the function that stops it. */
export function followRun(file: string, intervalMs: number, onRun: (run: ReadRun) => void): () => void {
  let stopped = false;
  let size = -1;
  const look = async () => {
    const began = performance.now();
    const now = (await stat(file).catch(() => undefined))?.size ?? size;
    if (now !== size) {
      const run = await readRun(file).catch(() => undefined);
      if (run !== undefined && !stopped) onRun(run);
      size = now;
    }
    const rest = Math.max(intervalMs, restFactor * (performance.now() - began));
    if (!stopped) timer = setTimeout(look, rest);
  };
  let timer = setTimeout(look, intervalMs);
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
