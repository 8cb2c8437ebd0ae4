import type { HostLine } from './host-line.ts';
import { taggedJson } from './json-bytes.ts';
import { nodeCount } from './json-size.ts';
import { answer, frame, maxRequestBytes, maxRequestValues } from './wire.ts';

export interface ChannelHandlers {
  /** What Python gets when it attaches. */
  readonly open: () => unknown;
  /** The cell to run. */
  readonly next: () => unknown;
  readonly done: (report: Uint8Array) => void;
}

/** Answers the frames that Python writes to `/dev/host`; Python and its frames are untrusted. */
export class WorkerChannel {
  readonly #line: HostLine;
  readonly #handlers: ChannelHandlers;
  #calls = 0;
  /** Milliseconds spent waiting for the host. */
  waitMs = 0;

  constructor(line: HostLine, handlers: ChannelHandlers) {
    this.#line = line;
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
    return this.#waitFor(null, until);
  }

  #call(body: Uint8Array): Uint8Array {
    if (nodeCount(body) > maxRequestValues) return refusal(`a request is limited to ${maxRequestValues} values`);
    this.#calls += 1;
    const id = this.#calls;
    const started = performance.now();
    this.#line.say({ kind: 'call', id, request: body });
    const bytes = this.#waitFor(id, Number.POSITIVE_INFINITY);
    this.waitMs += performance.now() - started;
    return bytes;
  }

  #waitFor(call: number | null, until: number): Uint8Array {
    const came = this.#line.wait(call, until);
    if (came === 'interrupted') return Uint8Array.of(answer.interrupted);
    return came === 'over' ? value(null) : came;
  }
}

const value = (json: unknown): Uint8Array => taggedJson(answer.value, json);
const refusal = (message: string): Uint8Array => taggedJson(answer.refused, message);
