/** A line or an event longer than this is no chat protocol. */
const maxPendingChars = 16_000_000;

/**
 * The `data` of each server-sent event, from bytes cut anywhere, even inside a character.
 * An event counts when its last line is whole, though the blank line after it is missing; half a line is dropped.
 * https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
export async function* sseData(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let data: string[] = [];
  let chars = 0;
  for await (const line of lines(bytes)) {
    if (line === '' && data.length > 0) {
      yield data.join('\n');
      data = [];
      chars = 0;
    } else if (line === 'data' || line.startsWith('data:')) {
      data.push(line.slice('data:'.length).replace(/^ /, ''));
      chars += line.length;
      if (chars > maxPendingChars) throw new Error('an event of the stream is too long');
    }
  }
  if (data.length > 0) yield data.join('\n');
}

async function* lines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let pending = '';
  for await (const chunk of bytes) {
    pending += decoder.decode(chunk, { stream: true });
    if (pending.length > maxPendingChars) throw new Error('a line of the stream is too long');
    // A carriage return at the very end may be half of a line break.
    const usable = pending.endsWith('\r') ? pending.length - 1 : pending.length;
    const parts = pending.slice(0, usable).split(/\r\n|\n|\r/);
    pending = (parts.pop() ?? '') + pending.slice(usable);
    yield* parts;
  }
  if (pending.endsWith('\r')) yield pending.slice(0, -1);
}
