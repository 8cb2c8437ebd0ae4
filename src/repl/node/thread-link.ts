import { startWorker, type WorkerParts } from './start-worker.ts';
import { type FromWorker, sigint, slot } from './wire.ts';
import type { LinkListener, StartLink, WorkerLink } from './worker-link.ts';

/** A worker in a thread of this process. */
export const threadLink =
  (file: string, parts: WorkerParts, memoryBytes: number): StartLink =>
  (listener) =>
    link(startWorker(file, parts, memoryBytes), listener);

function link(
  { worker, shared, replies, supplied }: ReturnType<typeof startWorker>,
  listener: LinkListener,
): WorkerLink {
  const end = (reason: string) => {
    replies.close();
    listener.onEnd(reason);
  };
  worker.on('message', (message: FromWorker) => listener.onMessage(message));
  worker.on('error', (error) => end(`its worker failed: ${error.message}`));
  worker.on('exit', (code) => end(`its worker ended with code ${code}`));
  supplied.catch((error) => {
    end(error instanceof Error ? error.message : String(error));
    void worker.terminate();
  });
  worker.unref();
  const ring = () => {
    Atomics.add(shared, slot.bell, 1);
    Atomics.notify(shared, slot.bell);
  };
  return {
    post: (message) => {
      if (message.kind === 'run') Atomics.store(shared, slot.signal, 0);
      worker.postMessage(message);
    },
    reply: (reply) => {
      replies.postMessage(reply, [reply.bytes.buffer as ArrayBuffer]);
      ring();
    },
    interrupt: () => {
      Atomics.store(shared, slot.signal, sigint);
      ring();
    },
    keepAlive: () => worker.ref(),
    terminate: async () => {
      replies.close();
      await worker.terminate();
    },
  };
}
