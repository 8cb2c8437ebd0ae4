import { decodeLegacy } from './legacy-encodings.ts';
import { decodeUtf16, utf16WithoutMark } from './utf16.ts';

export type Decoded =
  /** `utf8` holds no byte-order mark and may share memory with the input. */
  | { readonly kind: 'text'; readonly text: string; readonly utf8: Uint8Array }
  | { readonly kind: 'binary' | 'encoding'; readonly detail: string };

/** As far as git looks to tell binary from text. */
const sampleBytes = 8000;

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const lossyUtf8 = new TextDecoder('utf-8', { ignoreBOM: true });
const encoder = new TextEncoder();

/** Tells text from binary by content alone and gives the text as UTF-8. */
export function decode(bytes: Uint8Array): Decoded {
  const marked = byMark(bytes);
  if (marked !== undefined) return marked;
  const sample = bytes.subarray(0, sampleBytes);
  if (sample.includes(0)) {
    const text = utf16WithoutMark(bytes, sample);
    return text === undefined ? { kind: 'binary', detail: 'holds NUL bytes' } : encoded(text);
  }
  if (startsWith(bytes, [0x25, 0x50, 0x44, 0x46, 0x2d])) return { kind: 'binary', detail: 'PDF' };
  const text = utf8(bytes);
  if (text !== undefined) return { kind: 'text', text, utf8: bytes };
  if (hasControls(sample)) return { kind: 'binary', detail: 'holds control bytes' };
  const other = damagedUtf8(bytes) ?? decodeLegacy(bytes);
  return other === undefined ? { kind: 'encoding', detail: 'not UTF-8, and no other encoding fits' } : encoded(other);
}

function byMark(bytes: Uint8Array): Decoded | undefined {
  if (startsWith(bytes, [0xef, 0xbb, 0xbf])) {
    const body = bytes.subarray(3);
    const text = utf8(body);
    return text === undefined
      ? { kind: 'encoding', detail: 'marked as UTF-8, but is not' }
      : { kind: 'text', text, utf8: body };
  }
  const order = startsWith(bytes, [0xff, 0xfe]) ? 'le' : startsWith(bytes, [0xfe, 0xff]) ? 'be' : undefined;
  if (order === undefined) return undefined;
  const text = decodeUtf16(bytes.subarray(2), order);
  return text === undefined || text.includes('\0')
    ? { kind: 'binary', detail: 'marked as UTF-16, but is not' }
    : encoded(text);
}

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return undefined;
  }
}

/** Characters beyond ASCII for each broken one that no text in another encoding has by chance. */
const leastWhole = 4;

/** @returns UTF-8 in which few bytes are wrong, or whose end is missing, with U+FFFD for these, as editors show it. */
function damagedUtf8(bytes: Uint8Array): string | undefined {
  const text = lossyUtf8.decode(bytes);
  let whole = 0;
  let broken = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 0xfffd) broken++;
    else if (unit > 0x7f) whole++;
  }
  return whole >= broken * leastWhole ? text : undefined;
}

const encoded = (text: string): Decoded => ({ kind: 'text', text, utf8: encoder.encode(text) });

const startsWith = (bytes: Uint8Array, start: readonly number[]): boolean =>
  start.every((byte, at) => bytes[at] === byte);

/** Bytes that no text in any 8-bit or multi-byte encoding holds: C0 controls but white space, backspace and escape. */
function hasControls(sample: Uint8Array): boolean {
  const found = sample.reduce(
    (count, byte) => (byte < 8 || (byte > 13 && byte < 32 && byte !== 27) ? count + 1 : count),
    0,
  );
  return found * 200 > sample.length;
}
