import { excludedByContent } from './default-excludes.ts';
import { rulesWithin } from './folder-rules.ts';
import { GitIgnore } from './gitignore.ts';
import type { SnapshotOptions } from './options.ts';
import type { OpenRoot } from './roots.ts';
import type { FolderNode, TreeNode } from './tree.ts';
import { linkVerdict, type Verdict, type Verdicts } from './verdict.ts';
import { WorkspaceError } from './workspace-error.ts';
import type { Entry, WorkspaceFiles } from './workspace-files.ts';

/** Folders listed at once. */
const width = 64;
const entriesBetweenPauses = 500;

/** A folder to list; `path` is `''` or ends in `/`. */
interface Pending {
  readonly root: OpenRoot;
  readonly path: string;
  readonly rules: GitIgnore;
  readonly repositoryPath: string;
  readonly node: FolderNode;
}

/**
 * Lists each folder once, level by level, and never enters one that is left out. Stops, for the folders that remain, when
 * more files were found than a snapshot holds; whole groups of folders are listed, so that it stops at the same place
 * every time.
 */
export class Walk {
  readonly #files: WorkspaceFiles;
  readonly #options: Required<SnapshotOptions>;
  readonly #verdicts: Verdicts;
  readonly #signal: AbortSignal;
  #queue: Pending[] = [];
  #found = 0;
  #sincePause = 0;

  constructor(files: WorkspaceFiles, options: Required<SnapshotOptions>, verdicts: Verdicts, signal: AbortSignal) {
    this.#files = files;
    this.#options = options;
    this.#verdicts = verdicts;
    this.#signal = signal;
  }

  async run(roots: readonly OpenRoot[]): Promise<readonly TreeNode[]> {
    const tops = await Promise.all(roots.map((root) => this.#top(root)));
    this.#queue = [...tops];
    while (this.#queue.length > 0 && this.#found <= this.#options.maxFiles) await this.#group();
    for (const pending of this.#queue) leaveOutFolder(pending, this.#limit());
    return tops.map(({ node }) => node);
  }

  async #group(): Promise<void> {
    this.#signal.throwIfAborted();
    const group = this.#queue.splice(0, width);
    const list = ({ root, path }: Pending) => this.#files.list(root.key, bare(path), this.#signal);
    const listed = await Promise.all(group.map(async (pending) => ({ pending, listing: await list(pending) })));
    this.#signal.throwIfAborted();
    for (const { pending, listing } of listed) {
      if (listing.kind === 'entries') await this.#enter(pending, listing.entries);
      else if (pending.path === '') throw new WorkspaceError('unreadable', pending.root.location, listing.detail);
      else leaveOutFolder(pending, { reason: 'unreadable', detail: listing.detail });
    }
  }

  async #top(root: OpenRoot): Promise<Pending> {
    const none = GitIgnore.none(this.#files.caseSensitive);
    const top = { root, path: '', node: { kind: 'folder', children: [] } as FolderNode };
    if (!this.#options.useGitIgnore) return { ...top, rules: none, repositoryPath: '' };
    const { rootPath, rules } = await this.#files.repository(root.key, this.#signal);
    const above = rules.reduce((all, { folder, source, text }) => all.with(folder, source, text), none);
    // Who opens an ignored folder wants what is in it.
    if (rootPath !== '' && above.ruleFor(`${rootPath}/`) !== undefined)
      return { ...top, rules: none, repositoryPath: '' };
    return { ...top, rules: above, repositoryPath: rootPath === '' ? '' : `${rootPath}/` };
  }

  async #enter(pending: Pending, entries: readonly Entry[]): Promise<void> {
    const what =
      pending.path !== '' && this.#options.useDefaultExcludes
        ? excludedByContent(bare(pending.path).split('/').at(-1) ?? '', entries)
        : undefined;
    if (what !== undefined) return leaveOutFolder(pending, { reason: 'excluded', detail: what });
    const rules = this.#options.useGitIgnore
      ? await rulesWithin(this.#files, pending, entries, this.#signal)
      : pending.rules;
    const siblings = new Set(entries.map(({ name }) => name));
    const keyed = entries.map((entry) => ({ entry, key: isFolder(entry) ? `${entry.name}/` : entry.name }));
    keyed.sort((a, b) => (a.key < b.key ? -1 : 1));
    const children: TreeNode[] = [];
    for (const { entry } of keyed) {
      children.push(this.#node(pending, entry, rules, siblings));
      if (++this.#sincePause >= entriesBetweenPauses) await this.#pause();
    }
    pending.node.children = children;
  }

  #node(parent: Pending, entry: Entry, rules: GitIgnore, siblings: ReadonlySet<string>): TreeNode {
    const { root } = parent;
    const path = parent.path + entry.name;
    const repositoryPath = parent.repositoryPath + entry.name;
    const verdict = this.#verdict(root, path, entry, () => {
      const location = `${root.key}/${path}`;
      const place = { path, location, name: entry.name, siblings, rules, repositoryPath };
      return entry.kind === 'folder' ? this.#verdicts.folder(place) : this.#verdicts.file(place);
    });
    if (verdict !== undefined) {
      const shown = root.prefix + path + (isFolder(entry) ? '/' : '');
      return { kind: 'left-out', entry: { path: shown, ...verdict } };
    }
    if (entry.kind !== 'folder') {
      this.#found++;
      return { kind: 'file', root, path };
    }
    const node: FolderNode = { kind: 'folder', children: [] };
    this.#queue.push({ root, path: `${path}/`, rules, repositoryPath: `${repositoryPath}/`, node });
    return node;
  }

  #verdict(root: OpenRoot, path: string, entry: Entry, byRules: () => Verdict | undefined): Verdict | undefined {
    if (entry.kind === 'unnameable' || !entry.name.isWellFormed()) {
      return { reason: 'unreadable', detail: 'its name is not Unicode text' };
    }
    const inner = entry.kind === 'folder' ? root.inner.get(path) : undefined;
    if (inner !== undefined) return { reason: 'excluded', detail: `a root of its own: ${inner}` };
    if (entry.kind === 'other') return { reason: 'unreadable', detail: 'a device, pipe or socket' };
    return byRules() ?? (entry.kind === 'link' ? linkVerdict(entry.target) : undefined);
  }

  async #pause(): Promise<void> {
    this.#sincePause = 0;
    await this.#files.pause();
    this.#signal.throwIfAborted();
  }

  #limit(): Verdict {
    return { reason: 'limit', detail: `not entered: more than ${this.#options.maxFiles} files were found before` };
  }
}

function leaveOutFolder(pending: Pending, verdict: Verdict): void {
  pending.node.children = [{ kind: 'left-out', entry: { path: pending.root.prefix + pending.path, ...verdict } }];
}

const bare = (path: string): string => (path.endsWith('/') ? path.slice(0, -1) : path);

function isFolder(entry: Entry): boolean {
  if (entry.kind !== 'link') return entry.kind === 'folder';
  const { target } = entry;
  return (target.kind === 'inside' || target.kind === 'outside') && target.isFolder;
}
