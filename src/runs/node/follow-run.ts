import { stat } from 'node:fs/promises';
import { type ReadRun, readRun } from './read-run.ts';

/** Reads a log again whenever it has grown, until stopped. @returns the function that stops it. */
export function followRun(file: string, intervalMs: number, onRun: (run: ReadRun) => void): () => void {
  let stopped = false;
  let size = -1;
  const look = async () => {
    const now = (await stat(file).catch(() => undefined))?.size ?? size;
    if (now !== size) {
      const run = await readRun(file).catch(() => undefined);
      if (run !== undefined && !stopped) onRun(run);
      size = now;
    }
    if (!stopped) timer = setTimeout(look, intervalMs);
  };
  let timer = setTimeout(look, intervalMs);
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
