import type { OpenSpool } from './corpus-bytes.ts';
import { LoadedSnapshot } from './loaded-snapshot.ts';
import { Loader } from './loader.ts';
import { defaultOptions, largestFileBytes, mostFiles, type SnapshotOptions } from './options.ts';
import { readAhead } from './read-ahead.ts';
import { type OpenRoot, openRoots } from './roots.ts';
import type { Snapshot, SnapshotFile } from './snapshot.ts';
import { inOrder, type TreeNode } from './tree.ts';
import { Verdicts } from './verdict.ts';
import { Walk } from './walk.ts';
import type { WorkspaceFiles } from './workspace-files.ts';

/** Files read at once. */
const width = 32;
/** What is decoded and hashed between two pauses: a few milliseconds' work. */
const filesBetweenPauses = 250;
const bytesBetweenPauses = 4 * 1024 * 1024;

/**
 * Reads the workspace once. An empty folder, or one without readable text, gives a snapshot of no files: `coverage` says
 * why, and whether that is an error is for the caller to say.
 * @param openSpool where text goes that is too large for memory; without it, such text is left out.
 * @throws WorkspaceError for a root that cannot be opened; the signal's reason when it aborts.
 */
export async function buildSnapshot(
  files: WorkspaceFiles,
  options: SnapshotOptions,
  signal: AbortSignal,
  openSpool?: OpenSpool,
): Promise<Snapshot> {
  signal.throwIfAborted();
  const asked = { ...defaultOptions, ...options };
  const settings = {
    ...asked,
    maxFileBytes: Math.min(asked.maxFileBytes, largestFileBytes),
    maxFiles: Math.min(asked.maxFiles, mostFiles),
  };
  const roots = await openRoots(files, signal);
  const verdicts = new Verdicts(settings);
  const tree = await new Walk(files, settings, verdicts, signal).run(roots);
  const loader = new Loader(settings, verdicts, files, openSpool);
  try {
    await load(files, tree, loader, settings.maxFileBytes, signal);
    const loaded = await loader.finish(() => files.pause());
    const id = await snapshotId(files, loaded.files);
    signal.throwIfAborted();
    return new LoadedSnapshot({ id, roots: roots.map(publicRoot), ...loaded });
  } catch (error) {
    await loader.abandon();
    throw error;
  }
}

async function load(
  files: WorkspaceFiles,
  tree: readonly TreeNode[],
  loader: Loader,
  maxFileBytes: number,
  signal: AbortSignal,
): Promise<void> {
  const results = readAhead(inOrder(tree), width, async (node) => {
    if (node.kind === 'left-out' || loader.isFull) return { node, read: undefined };
    return { node, read: await files.read(node.root.key, node.path, maxFileBytes, signal) };
  });
  let count = 0;
  let bytesAtPause = 0;
  for await (const { node, read } of results) {
    signal.throwIfAborted();
    if (node.kind === 'left-out') loader.leaveOut(node.entry);
    else loader.take(node, read);
    if (++count % filesBetweenPauses !== 0 && loader.bytes - bytesAtPause < bytesBetweenPauses) continue;
    bytesAtPause = loader.bytes;
    await loader.relieve();
    await files.pause();
  }
}

/** Folded in groups, so that no single step is long. A path holds no NUL. */
async function snapshotId(files: WorkspaceFiles, loaded: readonly SnapshotFile[]): Promise<string> {
  const encoder = new TextEncoder();
  const group = 4096;
  let id = '';
  for (let from = 0; from === 0 || from < loaded.length; from += group) {
    const lines = loaded.slice(from, from + group).map(({ path, hash }) => `${path}\0${hash}\0`);
    id = files.hash(encoder.encode(id + lines.join('')));
    await files.pause();
  }
  return id;
}

const publicRoot = ({ name, location }: OpenRoot) => ({ name, location });
