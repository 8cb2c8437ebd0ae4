import { BoundedWaits, within } from './deadline.ts';

export interface BodyTimeouts {
  /** Until the first byte of the body. */
  readonly firstByteMs: number;
  readonly betweenChunksMs: number;
}

/** How long a reader that has all it wants waits for the server to end, so that the connection can be used again. */
const lingerMs = 200;

/** The bytes of a body, each wait bounded. Leaving early, by an error or a `break`, gives the connection up. */
export async function* bodyBytes(
  response: Response,
  timeouts: BodyTimeouts,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  if (!response.body) return;
  const reader = response.body.getReader();
  const waits = new BoundedWaits(signal, () => void reader.cancel().catch(() => undefined));
  let state: 'reading' | 'ended' | 'failed' = 'reading';
  try {
    for (let ms = timeouts.firstByteMs; ; ms = timeouts.betweenChunksMs) {
      const { done, value } = await waits.until(reader.read(), ms);
      if (done) {
        state = 'ended';
        return;
      }
      yield value;
    }
  } catch (error) {
    state = 'failed';
    throw error;
  } finally {
    waits.end();
    if (state === 'reading') await within(drain(reader), lingerMs, signal).catch(() => undefined);
    reader.cancel().catch(() => undefined);
  }
}

async function drain(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  while (!(await reader.read()).done);
}

/** A whole body as text; what is beyond `maxChars` is left unread. */
export async function bodyText(bytes: AsyncIterable<Uint8Array>, maxChars: number): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of bytes) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > maxChars) break;
  }
  return text + decoder.decode();
}
