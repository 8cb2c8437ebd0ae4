import { createHash } from 'node:crypto';
import { countLines } from '../../src/workspace/line-index.ts';
import { LoadedSnapshot } from '../../src/workspace/loaded-snapshot.ts';
import type { Snapshot } from '../../src/workspace/snapshot.ts';

/** A snapshot of these texts, by path. */
export async function snapshotOf(texts: Readonly<Record<string, string>>): Promise<Snapshot> {
  const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest('hex');
  const paths = Object.keys(texts).sort();
  const encoded = paths.map((path) => Buffer.from(texts[path] ?? ''));
  const bytes = new SharedArrayBuffer(encoded.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  const files = encoded.map((text, index) => {
    new Uint8Array(bytes).set(text, offset);
    const file = {
      path: paths[index] ?? '',
      offset,
      byteLength: text.length,
      lineCount: countLines(text),
      language: 'plaintext',
      hash: sha256(text),
    };
    offset += text.length;
    return file;
  });
  const coverage = { filesTotal: files.length, filesLoaded: files.length, bytesLoaded: offset, leftOut: [] };
  return new LoadedSnapshot({
    id: sha256(JSON.stringify(texts)),
    roots: [{ name: 'test', location: 'test' }],
    files,
    bytes,
    coverage,
  });
}
