import type { CodeSearch } from '../../search/code-search.ts';
import { buildSnapshot } from '../../workspace/build-snapshot.ts';
import type { SnapshotOptions } from '../../workspace/options.ts';
import type { Snapshot } from '../../workspace/snapshot.ts';
import type { WorkspaceFiles } from '../../workspace/workspace-files.ts';

/** Where the files of a corpus come from. */
export interface CorpusSource {
  readonly files: WorkspaceFiles;
  readonly options: SnapshotOptions;
  /** Whether it is a folder of the disk, which may have a history. */
  readonly onDisk: boolean;
}

/** As many as the search keeps. */
const kept = 2;

/** Snapshots of the corpora that are being asked about. */
export class Corpora {
  readonly #sources: ReadonlyMap<string, CorpusSource>;
  readonly #search: CodeSearch;
  readonly #open = new Map<string, Promise<Snapshot>>();

  constructor(sources: ReadonlyMap<string, CorpusSource>, search: CodeSearch) {
    this.#sources = sources;
    this.#search = search;
  }

  isOnDisk(key: string): boolean {
    return this.#sources.get(key)?.onDisk === true;
  }

  /** Loaded, and read by the search: what is timed afterwards is the answering alone. Rejects when it holds no text. */
  get(key: string): Promise<Snapshot> {
    const known = this.#open.get(key);
    if (known !== undefined) return known;
    const opened = this.#load(key);
    opened.catch(() => this.#open.delete(key));
    this.#open.set(key, opened);
    const [oldest] = this.#open.keys();
    if (this.#open.size > kept && oldest !== undefined) this.#open.delete(oldest);
    return opened;
  }

  async #load(key: string): Promise<Snapshot> {
    const source = this.#sources.get(key);
    if (source === undefined) throw new Error(`there are no files for '${key}'`);
    const { signal } = new AbortController();
    const snapshot = await buildSnapshot(source.files, source.options, signal);
    if (snapshot.files.length === 0) throw new Error(`'${key}' holds no readable text`);
    this.#search.prepare(snapshot);
    await this.#search.search({ text: 'main', k: 1 }, { snapshot, texts: {} }, signal);
    return snapshot;
  }
}
