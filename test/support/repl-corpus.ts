import type { Corpus } from '../../src/repl/repl.ts';

/** The texts laid out in one shared buffer, as the workspace's snapshot does. */
export function corpusOf(
  files: Readonly<Record<string, string>>,
  texts: Readonly<Record<string, string>> = {},
): Corpus {
  const encoded = Object.entries(files).map(([path, text]) => ({ path, bytes: new TextEncoder().encode(text) }));
  const bytes = new SharedArrayBuffer(encoded.reduce((sum, file) => sum + file.bytes.length, 0));
  let offset = 0;
  const index = encoded.map((file) => {
    new Uint8Array(bytes).set(file.bytes, offset);
    offset += file.bytes.length;
    return [file.path, offset - file.bytes.length, file.bytes.length] as const;
  });
  return { bytes, index, texts };
}
