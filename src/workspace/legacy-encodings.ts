import { analyse } from 'chardet';
import iconv from 'iconv-lite';

/** Supersets that give the bytes 80–9F letters and quotes instead of control characters. */
const wider: Readonly<Record<string, string>> = {
  'ISO-8859-1': 'windows-1252',
  'ISO-8859-9': 'windows-1254',
  ASCII: 'windows-1252',
};

const sampleBytes = 64 * 1024;
/** Below this, chardet's guess says no more than that the bytes do not contradict it. */
const leastConfidence = 10;
/** Replacement characters and C1 controls: the encoding was another one. */
const misread = /[\uFFFD\x80-\x9f]/;

/**
 * Text in an encoding from before Unicode. Statistics choose among those that can be, so a short file's accents may be
 * another language's; ASCII is never wrong.
 * @returns `undefined` when no encoding fits.
 */
export function decodeLegacy(bytes: Uint8Array): string | undefined {
  for (const { name, confidence } of analyse(bytes.subarray(0, sampleBytes))) {
    if (confidence < leastConfidence) return undefined;
    const encoding = wider[name] ?? name;
    if (/^utf/i.test(encoding) || !iconv.encodingExists(encoding)) continue;
    const text = iconv.decode(bytes, encoding);
    if (!misread.test(text)) return text;
  }
  return undefined;
}
