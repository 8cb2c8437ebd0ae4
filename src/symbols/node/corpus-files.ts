import type { CorpusReader } from '../../workspace/corpus-bytes.ts';
import { type CodeFile, type CodeFiles, textFile } from '../code-files.ts';
import type { WireFile } from './wire.ts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** A file of a snapshot, with its hash. */
interface CorpusFile extends CodeFile {
  readonly hash: string;
}

/** A snapshot's files over its text, each read when it is asked for. */
export function corpusFiles(reader: CorpusReader, files: readonly WireFile[]): CodeFiles {
  const all = files.map(([path, offset, byteLength, hash, language]): CorpusFile => {
    const bytes = () => reader.read(offset, byteLength);
    const holds = (name: string) => {
      const { buffer, byteOffset } = bytes();
      return Buffer.from(buffer, byteOffset, byteLength).includes(name, 0, 'utf8');
    };
    return { path, hash, language, text: () => decoder.decode(bytes()), holds };
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
