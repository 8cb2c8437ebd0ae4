import { type CodeFile, type CodeFiles, textFile } from '../code-files.ts';
import type { WireFile } from './wire.ts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** A file of the shared bytes, with its hash. */
interface CorpusFile extends CodeFile {
  readonly hash: string;
}

/** A snapshot's files over its bytes. */
export function corpusFiles(bytes: SharedArrayBuffer, files: readonly WireFile[]): CodeFiles {
  const all = files.map(([path, offset, byteLength, hash, language]): CorpusFile => {
    const view = Buffer.from(bytes, offset, byteLength);
    return { path, hash, language, text: () => decoder.decode(view), holds: (name) => view.includes(name, 0, 'utf8') };
  });
  const byPath = new Map(all.map((file) => [file.path, file]));
  return { files: all, file: (path) => byPath.get(path) };
}

/** The same with texts beside them, or instead of them. */
export function withTexts(files: CodeFiles, texts: Readonly<Record<string, string>>): CodeFiles {
  const paths = Object.keys(texts);
  if (paths.length === 0) return files;
  const own = new Map(paths.map((path) => [path, textFile(path, texts[path] ?? '')]));
  return {
    files: [...files.files.filter(({ path }) => !own.has(path)), ...own.values()],
    file: (path) => own.get(path) ?? files.file(path),
  };
}
