import { parentPort, receiveMessageOnPort } from 'node:worker_threads';
import type { HostLine } from './host-line.ts';
import { type FromWorker, type Reply, sigint, slot, type WorkerSetup } from './wire.ts';

/** From a thread, by shared memory and a port that a blocked thread can read. */
export class ThreadLine implements HostLine {
  readonly #shared: Int32Array;
  readonly #replies: WorkerSetup['replies'];

  constructor({ shared, replies }: WorkerSetup) {
    this.#shared = new Int32Array(shared);
    this.#replies = replies;
  }

  say(message: FromWorker): void {
    parentPort?.postMessage(message, message.kind === 'call' ? [message.request.buffer as ArrayBuffer] : []);
  }

  /** Checks before every wait, and reads the bell before it checks: a ring in between is not lost. */
  wait(call: number | null, until: number): Uint8Array | 'over' | 'interrupted' {
    for (;;) {
      const bell = Atomics.load(this.#shared, slot.bell);
      const reply = call === null ? undefined : this.#takeReply(call);
      if (reply) return reply;
      if (performance.now() >= until) return 'over';
      // Taken here, so that Python does not see the same signal a second time.
      if (Atomics.compareExchange(this.#shared, slot.signal, sigint, 0) === sigint) return 'interrupted';
      Atomics.wait(this.#shared, slot.bell, bell, Math.max(0, until - performance.now()));
    }
  }

  takeSignal(): number {
    return Atomics.exchange(this.#shared, slot.signal, 0);
  }

  #takeReply(call: number): Uint8Array | undefined {
    for (;;) {
      const message = receiveMessageOnPort(this.#replies) as { readonly message: Reply } | undefined;
      if (!message) return undefined;
      if (message.message.id === call) return message.message.bytes;
    }
  }
}
