import type { CorpusBytes, CorpusText } from './corpus-bytes.ts';
import { lineStarts, splitLines } from './line-index.ts';
import type { Coverage, Snapshot, SnapshotFile, WorkspaceRoot } from './snapshot.ts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export interface SnapshotContent {
  readonly id: string;
  readonly roots: readonly WorkspaceRoot[];
  readonly files: readonly SnapshotFile[];
  readonly text: CorpusText;
  readonly coverage: Coverage;
}

/** A snapshot over its bytes. Text is decoded on demand; where lines start is worked out once per file asked for. */
export class LoadedSnapshot implements Snapshot {
  readonly id: string;
  readonly roots: readonly WorkspaceRoot[];
  readonly files: readonly SnapshotFile[];
  readonly bytes: CorpusBytes;
  readonly coverage: Coverage;
  readonly #reader: CorpusText['reader'];
  readonly #lineStarts = new Map<string, Uint32Array>();
  #byPath: ReadonlyMap<string, SnapshotFile> | undefined;

  constructor(content: SnapshotContent) {
    this.id = content.id;
    this.roots = content.roots;
    this.files = content.files;
    this.bytes = content.text.bytes;
    this.#reader = content.text.reader;
    this.coverage = content.coverage;
  }

  file(path: string): SnapshotFile | undefined {
    this.#byPath ??= new Map(this.files.map((file) => [file.path, file]));
    return this.#byPath.get(path);
  }

  text(path: string): string | undefined {
    const file = this.file(path);
    return file && decoder.decode(this.#bytesOf(file));
  }

  lines(path: string, start: number, end: number): readonly string[] | undefined {
    const file = this.file(path);
    if (file === undefined || !Number.isInteger(start) || !Number.isInteger(end)) return undefined;
    if (start < 1 || end < start || end > file.lineCount) return undefined;
    const starts = this.#startsOf(file);
    return splitLines(decoder.decode(this.#bytesOf(file).subarray(starts[start - 1], starts[end])));
  }

  #startsOf(file: SnapshotFile): Uint32Array {
    let starts = this.#lineStarts.get(file.path);
    if (starts === undefined) {
      starts = lineStarts(this.#bytesOf(file), file.lineCount);
      this.#lineStarts.set(file.path, starts);
    }
    return starts;
  }

  #bytesOf(file: SnapshotFile): Uint8Array {
    return this.#reader.read(file.offset, file.byteLength);
  }
}
