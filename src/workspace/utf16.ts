export type ByteOrder = 'le' | 'be';

const decoders: Readonly<Record<ByteOrder, TextDecoder>> = {
  le: new TextDecoder('utf-16le', { fatal: true, ignoreBOM: true }),
  be: new TextDecoder('utf-16be', { fatal: true, ignoreBOM: true }),
};

/** @returns `undefined` for half a unit or half a surrogate pair. */
export function decodeUtf16(bytes: Uint8Array, order: ByteOrder): string | undefined {
  if (bytes.length % 2 !== 0) return undefined;
  try {
    return decoders[order].decode(bytes);
  } catch {
    return undefined;
  }
}

/** Controls but white space, private use and unassigned: in a source text they mean that it was read wrongly. */
const implausible = /[^\P{Cc}\t\n\v\f\r]|\p{Co}|\p{Cn}/u;
/** The zeros have to stand where UTF-16 has them; a text of any script has line ends, spaces or digits. */
const leastZeros = 1 / 50;

/** @returns the text when the bytes can be meant as UTF-16 only; `undefined` for binary data. */
export function utf16WithoutMark(bytes: Uint8Array, sample: Uint8Array): string | undefined {
  let even = 0;
  let odd = 0;
  for (let at = 0; at + 1 < sample.length; at += 2) {
    if (sample[at] === 0) even++;
    if (sample[at + 1] === 0) odd++;
  }
  if (Math.max(even, odd) < (sample.length / 2) * leastZeros) return undefined;
  const text = decodeUtf16(bytes, odd > even ? 'le' : 'be');
  return text === undefined || implausible.test(text) ? undefined : text;
}
