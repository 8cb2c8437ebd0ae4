/** A message between processes: u32 length of the head, u32 length of the body (big-endian), the head as JSON, the body. */
export interface Frame {
  readonly head: unknown;
  readonly body: Uint8Array<ArrayBuffer>;
}

export const prefixBytes = 8;
/** More than any request or report of an interpreter may have. */
const maxFrameBytes = 80 * 2 ** 20;

export function encodeFrame(head: object, body: Uint8Array = new Uint8Array(0)): readonly Uint8Array[] {
  const text = Buffer.from(JSON.stringify(head));
  const prefix = Buffer.alloc(prefixBytes);
  prefix.writeUInt32BE(text.length, 0);
  prefix.writeUInt32BE(body.length, 4);
  return [prefix, text, body];
}

export function readPrefix(prefix: Uint8Array): { readonly headBytes: number; readonly bodyBytes: number } {
  const view = new DataView(prefix.buffer, prefix.byteOffset, prefixBytes);
  return { headBytes: view.getUint32(0), bodyBytes: view.getUint32(4) };
}

/** Puts frames together from what a stream gives. */
export class FrameReader {
  #chunks: Uint8Array[] = [];
  #bytes = 0;

  /** @throws when a frame is too large, or its head no JSON; the rest of the stream means nothing then. */
  *push(chunk: Uint8Array): Generator<Frame> {
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    while (this.#bytes >= prefixBytes) {
      const { headBytes, bodyBytes } = readPrefix(this.#peek(prefixBytes));
      const total = prefixBytes + headBytes + bodyBytes;
      if (total > maxFrameBytes) throw new Error(`a frame of ${total} bytes`);
      if (this.#bytes < total) return;
      const frame = this.#take(total);
      const head = JSON.parse(Buffer.from(frame.subarray(prefixBytes, prefixBytes + headBytes)).toString('utf8'));
      yield { head, body: frame.slice(prefixBytes + headBytes) };
    }
  }

  #peek(count: number): Uint8Array {
    const [first] = this.#chunks;
    return first !== undefined && first.length >= count ? first : this.#join();
  }

  #take(count: number): Uint8Array<ArrayBuffer> {
    const all = this.#join();
    this.#chunks = all.length > count ? [all.subarray(count)] : [];
    this.#bytes = all.length - count;
    return all.slice(0, count);
  }

  #join(): Uint8Array {
    const all = this.#chunks.length === 1 ? this.#chunks[0] : undefined;
    const joined = all ?? Buffer.concat(this.#chunks);
    this.#chunks = [joined];
    return joined;
  }
}
