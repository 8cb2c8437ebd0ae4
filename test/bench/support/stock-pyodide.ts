import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { binDir } from './places.ts';

/** Resolves once `loadPyodide()` in a new worker has run its first cell. */
export function startStockPyodide(): Promise<Worker> {
  const worker = new Worker(join(binDir, 'load-pyodide-worker.mjs'));
  return new Promise((resolve, reject) => {
    worker.once('error', reject).once('message', (answer) => {
      if (answer === 2) resolve(worker);
      else reject(new Error(`1 + 1 was answered with ${answer}`));
    });
  });
}
