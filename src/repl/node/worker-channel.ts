import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import { taggedJson } from './json-bytes.ts';
import { nodeCount } from './json-size.ts';
import { answer, frame, maxRequestBytes, type Reply, sigint, slot } from './wire.ts';

const maxJsonNodes = 1_000_000;

export interface ChannelHandlers {
  /** What Python gets when it attaches. */
  readonly open: () => unknown;
  /** The cell to run. */
  readonly next: () => unknown;
  readonly done: (report: Uint8Array) => void;
  readonly call: (id: number, request: Uint8Array) => void;
}

/** Answers the frames that Python writes to `/dev/host`; Python and its frames are untrusted. */
export class WorkerChannel {
  readonly #shared: Int32Array;
  readonly #replies: MessagePort;
  readonly #handlers: ChannelHandlers;
  #calls = 0;
  /** Milliseconds spent waiting for the host. */
  waitMs = 0;

  constructor(shared: SharedArrayBuffer, replies: MessagePort, handlers: ChannelHandlers) {
    this.#shared = new Int32Array(shared);
    this.#replies = replies;
    this.#handlers = handlers;
  }

  /** Blocks until the reply is there. `undefined`: not a frame. */
  handle(bytes: Uint8Array): Uint8Array | undefined {
    if (bytes.byteLength > maxRequestBytes) return refusal(`a request is limited to ${maxRequestBytes / 2 ** 20} MB`);
    const body = bytes.slice(1);
    switch (bytes[0]) {
      case frame.open:
        return value(this.#handlers.open());
      case frame.next:
        return value(this.#handlers.next());
      case frame.done:
        this.#handlers.done(body);
        return value(null);
      case frame.sleep:
        return this.#sleep(Number(new TextDecoder().decode(body)));
      case frame.call:
        return this.#call(body);
      default:
        return undefined;
    }
  }

  #sleep(seconds: number): Uint8Array {
    const until = performance.now() + (seconds > 0 ? seconds * 1000 : 0);
    return this.#waitFor(() => (performance.now() >= until ? value(null) : undefined), until);
  }

  #call(body: Uint8Array): Uint8Array {
    // Many small values would take the host far more memory than their bytes.
    if (nodeCount(body) > maxJsonNodes) return refusal(`a request is limited to ${maxJsonNodes} values`);
    this.#calls += 1;
    const id = this.#calls;
    const started = performance.now();
    this.#handlers.call(id, body);
    const bytes = this.#waitFor(() => this.#takeReply(id), Number.POSITIVE_INFINITY);
    this.waitMs += performance.now() - started;
    return bytes;
  }

  /** Checks before every wait, and reads the bell before it checks: a ring in between is not lost. */
  #waitFor(check: () => Uint8Array | undefined, until: number): Uint8Array {
    for (;;) {
      const bell = Atomics.load(this.#shared, slot.bell);
      const bytes = check();
      if (bytes) return bytes;
      // Taken here, so that Python does not see the same signal a second time.
      if (Atomics.compareExchange(this.#shared, slot.signal, sigint, 0) === sigint)
        return Uint8Array.of(answer.interrupted);
      Atomics.wait(this.#shared, slot.bell, bell, Math.max(0, until - performance.now()));
    }
  }

  /** Replies to earlier, interrupted calls are dropped. */
  #takeReply(id: number): Uint8Array | undefined {
    for (;;) {
      const message = receiveMessageOnPort(this.#replies) as { readonly message: Reply } | undefined;
      if (!message) return undefined;
      if (message.message.id === id) return message.message.bytes;
    }
  }
}

const value = (json: unknown): Uint8Array => taggedJson(answer.value, json);
const refusal = (message: string): Uint8Array => taggedJson(answer.refused, message);
