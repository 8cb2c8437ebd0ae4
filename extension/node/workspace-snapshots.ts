import { sha256 } from '../../src/cli/sha256.ts';
import { buildSnapshot } from '../../src/workspace/build-snapshot.ts';
import type { OpenSpool } from '../../src/workspace/corpus-bytes.ts';
import type { SnapshotOptions } from '../../src/workspace/options.ts';
import { withOverlay } from '../../src/workspace/overlay.ts';
import type { Snapshot } from '../../src/workspace/snapshot.ts';
import type { FolderToOpen } from '../../src/workspace/workspace-files.ts';
import { changesSnapshot, leftOutFolders } from '../core/left-out-folders.ts';
import { type Place, type RootPlace, snapshotPath } from '../core/places.ts';
import { SnapshotCache } from '../core/snapshot-cache.ts';
import type { RoutedFiles } from './routed-files.ts';

/** A document with changes that are not on the disk yet. */
export interface UnsavedDocument {
  /** The URI of its workspace folder. */
  readonly folder: string;
  readonly path: string;
  readonly text: string;
}

/** The workspace as the editor has it open. */
export interface OpenWorkspace {
  /** Their locations are URIs. */
  readonly folders: () => readonly FolderToOpen[];
  readonly unsaved: () => readonly UnsavedDocument[];
  readonly options: () => SnapshotOptions;
  readonly files: (folders: readonly FolderToOpen[]) => RoutedFiles;
  /** Where text goes that is too large for memory. */
  readonly openSpool?: OpenSpool;
  /** Begins to tell of every file that changes; called once, before the first reading. */
  readonly watch: (onChange: (folder: string, path: string) => void) => void;
}

/** Snapshots of the open workspace, read again only when something has changed. */
export class WorkspaceSnapshots {
  readonly #workspace: OpenWorkspace;
  readonly #cache: SnapshotCache;
  /** By the snapshot's id. */
  readonly #roots = new Map<string, readonly RootPlace[]>();
  #leftOut: ReadonlySet<string> = new Set();
  #changes = 0;
  #watching = false;

  constructor(workspace: OpenWorkspace) {
    this.#workspace = workspace;
    this.#cache = new SnapshotCache({ stamp: () => this.#stamp(), build: (signal) => this.#build(signal) });
  }

  get(signal: AbortSignal): Promise<Snapshot> {
    if (!this.#watching) this.#workspace.watch((folder, path) => this.#changed(folder, path));
    this.#watching = true;
    return this.#cache.get(signal);
  }

  /** Only the newest few are known. */
  rootsOf(snapshotId: string): readonly RootPlace[] {
    return this.#roots.get(snapshotId) ?? [];
  }

  #stamp(): string {
    const { folders, unsaved, options } = this.#workspace;
    // Not by the editor's version, which begins anew when a document was closed.
    const documents = unsaved().map(({ folder, path, text }) => [folder, path, sha256(text)]);
    return JSON.stringify([this.#changes, folders(), options(), documents]);
  }

  async #build(signal: AbortSignal): Promise<Snapshot> {
    const { folders, unsaved, options, openSpool } = this.#workspace;
    const files = this.#workspace.files(folders());
    const texts = new Map(unsaved().map((one) => [`${one.folder}\n${one.path}`, one.text]));
    const overlaid =
      texts.size === 0 ? files : withOverlay(files, (key, path) => texts.get(`${files.locationOf(key)}\n${path}`));
    const snapshot = await buildSnapshot(overlaid, options(), signal, openSpool);
    const roots = snapshot.roots.map(({ name, location }) => ({ name, uri: files.locationOf(location) }));
    this.#remember(snapshot, roots);
    return snapshot;
  }

  #remember(snapshot: Snapshot, roots: readonly RootPlace[]): void {
    this.#roots.delete(snapshot.id);
    this.#roots.set(snapshot.id, roots);
    const [oldest] = this.#roots.keys();
    if (this.#roots.size > 8 && oldest !== undefined) this.#roots.delete(oldest);
    this.#leftOut = leftOutFolders(snapshot.coverage.leftOut);
  }

  #changed(folder: string, path: string): void {
    const last = this.#cache.last;
    const roots = last === undefined ? [] : this.rootsOf(last.id);
    const root = roots.find(({ uri }) => uri === folder);
    const place: Place | undefined = root && { root, path };
    if (place === undefined || changesSnapshot(this.#leftOut, snapshotPath(roots, place))) this.#changes++;
  }
}
