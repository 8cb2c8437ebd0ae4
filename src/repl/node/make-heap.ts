import { startWorker, type WorkerParts } from './start-worker.ts';
import type { FromWorker } from './wire.ts';

export interface MadeHeap {
  readonly heap: Uint8Array<SharedArrayBuffer>;
  readonly codeCache: Uint8Array;
}

const memoryBytes = 256 * 2 ** 20;

/** A cold start in a worker of its own. @throws when the interpreter does not come up. */
export async function makeHeap(workerFile: string, parts: WorkerParts): Promise<MadeHeap> {
  const { worker, supplied } = startWorker(workerFile, parts, memoryBytes);
  try {
    return await new Promise<MadeHeap>((resolve, reject) => {
      supplied.catch(reject);
      worker.on('message', (message: FromWorker) => {
        if (message.kind === 'made') resolve(message);
        else if (message.kind === 'broken') reject(new Error(`The interpreter did not start: ${message.reason}`));
      });
      worker.on('error', reject);
      worker.on('exit', (code) => reject(new Error(`The interpreter's worker ended with code ${code}`)));
    });
  } finally {
    await worker.terminate();
  }
}
