import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { buildSnapshot } from '../../src/workspace/build-snapshot.ts';
import type { SnapshotOptions } from '../../src/workspace/options.ts';
import type { Snapshot } from '../../src/workspace/snapshot.ts';
import type {
  Entry,
  FolderToOpen,
  LinkTarget,
  Listing,
  OpenedFolder,
  ReadResult,
  Repository,
  WorkspaceFiles,
} from '../../src/workspace/workspace-files.ts';

/** What a path of the in-memory workspace holds. */
export type Content =
  | string
  | Uint8Array
  | { readonly link: LinkTarget }
  /** A file that is measured but must not be read. */
  | { readonly size: number }
  /** A file, or with a path that ends in `/` a folder, that the system does not give. */
  | { readonly fails: string };

export type Tree = Readonly<Record<string, Content>>;

/** The port without a disk. Folders exist where a path leads through them. */
export class MemoryFiles implements WorkspaceFiles {
  readonly folders: readonly FolderToOpen[];
  readonly caseSensitive: boolean;
  /** Paths that were read, in order of the requests. */
  readonly reads: string[] = [];
  readonly lists: string[] = [];
  readonly #trees: ReadonlyMap<string, ReadonlyMap<string, Content>>;
  readonly #repository: Repository;

  constructor(
    trees: Readonly<Record<string, Tree>>,
    settings: Partial<Pick<WorkspaceFiles, 'folders' | 'caseSensitive'>> & { readonly repository?: Repository } = {},
  ) {
    this.#trees = new Map(Object.entries(trees).map(([key, tree]) => [key, new Map(Object.entries(tree))]));
    this.folders = settings.folders ?? Object.keys(trees).map((location) => ({ location }));
    this.caseSensitive = settings.caseSensitive ?? true;
    this.#repository = settings.repository ?? { rootPath: '', rules: [] };
  }

  async open(location: string): Promise<OpenedFolder> {
    const key = location.replace(/\/$/, '');
    return this.#trees.has(key) ? { kind: 'folder', key } : { kind: 'missing', detail: '' };
  }

  async repository(): Promise<Repository> {
    return this.#repository;
  }

  async list(key: string, path: string): Promise<Listing> {
    this.lists.push(path);
    const start = path === '' ? '' : `${path}/`;
    const entries = new Map<string, Entry>();
    for (const [at, content] of this.#trees.get(key) ?? []) {
      if (!at.startsWith(start)) continue;
      const rest = at.slice(start.length);
      if (rest === '') {
        if (isObject(content) && 'fails' in content) return { kind: 'failed', detail: content.fails };
        continue;
      }
      const name = rest.split('/', 1)[0] ?? '';
      entries.set(name, entryOf(name, rest.includes('/'), content));
    }
    return { kind: 'entries', entries: [...entries.values()] };
  }

  async read(key: string, path: string, maxBytes: number): Promise<ReadResult> {
    this.reads.push(path);
    const content = this.#trees.get(key)?.get(path);
    if (content === undefined) return { kind: 'failed', detail: 'no such file' };
    if (isObject(content)) {
      if ('size' in content) return { kind: 'too-large', size: content.size };
      return { kind: 'failed', detail: 'fails' in content ? content.fails : 'a link' };
    }
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    return bytes.length > maxBytes ? { kind: 'too-large', size: bytes.length } : { kind: 'bytes', bytes };
  }

  hash(bytes: Uint8Array): string {
    return createHash('sha256').update(bytes).digest('hex');
  }

  pause(): Promise<void> {
    return setImmediate();
  }
}

const isObject = (content: Content): content is Exclude<Content, string | Uint8Array> =>
  typeof content === 'object' && !(content instanceof Uint8Array);

function entryOf(name: string, isFolder: boolean, content: Content): Entry {
  if (isFolder) return { kind: 'folder', name };
  return isObject(content) && 'link' in content ? { kind: 'link', name, target: content.link } : { kind: 'file', name };
}

export const neverAborted = (): AbortSignal => new AbortController().signal;

/** A snapshot of one in-memory folder: the engine's input for any test that needs one. */
export function memorySnapshot(tree: Tree, options: SnapshotOptions = {}): Promise<Snapshot> {
  return buildSnapshot(new MemoryFiles({ '/home/someone/project': tree }), options, neverAborted());
}

export const pathsOf = ({ files }: Snapshot): readonly string[] => files.map(({ path }) => path);

/** `path` → `reason`. */
export const reasonsOf = ({ coverage }: Snapshot): Readonly<Record<string, string>> =>
  Object.fromEntries(coverage.leftOut.map(({ path, reason }) => [path, reason]));
