import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import type { ReplAssets } from './assets.ts';
import type { RealmLimits } from './realm/host.ts';
import type { WorkerSetup } from './wire.ts';

const limits: Omit<RealmLimits, 'memoryBytes'> = { fileBytes: 64 * 2 ** 20, inodes: 10_000, stdioChars: 65_536 };

export interface StartedWorker {
  readonly worker: Worker;
  readonly shared: Int32Array;
  readonly replies: MessagePort;
}

export interface WorkerStart {
  readonly origin: WorkerSetup['origin'];
  readonly codeCache: Uint8Array | null;
  readonly memoryBytes: number;
}

/** A thread with nothing of ours: no environment, no flags, no stdin, its output drained and dropped. */
export function startWorker(assets: ReplAssets, { origin, codeCache, memoryBytes }: WorkerStart): StartedWorker {
  const { port1, port2 } = new MessageChannel();
  const shared = new SharedArrayBuffer(8);
  const { wasm, glue, realm, stdlib } = assets;
  const setup: WorkerSetup = {
    ...{ wasm, glue, codeCache, realm, stdlib, shared, replies: port2, origin },
    limits: { ...limits, memoryBytes },
  };
  const worker = new Worker(assets.workerFile, {
    workerData: setup,
    transferList: [port2],
    env: {},
    execArgv: [],
    stdin: false,
    stdout: true,
    stderr: true,
    trackUnmanagedFds: true,
    // Recursion 100 000 deep needs 16 MB of stack; the default's 4 MB end near 15 000.
    resourceLimits: { maxOldGenerationSizeMb: 256, stackSizeMb: 16 },
  });
  worker.stdout.resume();
  worker.stderr.resume();
  return { worker, shared: new Int32Array(shared), replies: port1 };
}
