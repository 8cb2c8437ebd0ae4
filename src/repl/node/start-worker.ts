import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import { realmLimits } from './limits.ts';
import type { Boot, Prepare, ToWorker, WorkerSetup } from './wire.ts';

export interface StartedWorker {
  readonly worker: Worker;
  readonly shared: Int32Array;
  readonly replies: MessagePort;
  /** Resolves when the thread has been sent all it needs. Rejects when that could not be loaded: end the thread then. */
  readonly supplied: Promise<void>;
}

/** What an interpreter is made of, while it is being loaded. */
export interface WorkerParts {
  readonly prepare: Promise<Prepare>;
  readonly boot: Promise<Boot>;
}

/** A thread with nothing of ours: no environment, no flags, no stdin, its output drained and dropped. Starts at once, beside the loading. */
export function startWorker(file: string, parts: WorkerParts, memoryBytes: number): StartedWorker {
  const { port1, port2 } = new MessageChannel();
  const shared = new SharedArrayBuffer(8);
  const setup: WorkerSetup = { shared, replies: port2, limits: { ...realmLimits, memoryBytes } };
  const worker = new Worker(file, {
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
  return { worker, shared: new Int32Array(shared), replies: port1, supplied: supply(worker, parts) };
}

async function supply(worker: Worker, { prepare, boot }: WorkerParts): Promise<void> {
  const send = (message: ToWorker) => worker.postMessage(message);
  await Promise.all([prepare.then(send), Promise.all([prepare, boot]).then(([, message]) => send(message))]);
}
