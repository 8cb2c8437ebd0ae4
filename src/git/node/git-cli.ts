import { HostRefusal } from '../../repl/repl.ts';
import { matchLines } from '../../util/line-match.ts';
import { splitLines } from '../../workspace/line-index.ts';
import type { Snapshot, WorkspaceRoot } from '../../workspace/snapshot.ts';
import { blobText, gitLineNumbers } from '../blob-text.ts';
import type { BlamedLine, GitHistory, GitQuery, GitReply, GitScope, LoggedCommit } from '../git-history.ts';
import { logFormat, parseBlame, parseLog } from '../parse-output.ts';
import { changesIn } from './changes.ts';
import { repositoryFolder } from './repository-folder.ts';
import { runGit, succeeded } from './run-git.ts';

/** Most lines of one blame. */
const maxBlame = 2000;

/** History through the git program of this machine. Needs no repository to exist until it is asked. */
export const gitCli: GitHistory = {
  async ask(query, scope, signal) {
    try {
      return await answer(query, scope, signal);
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      throw error instanceof HostRefusal
        ? error
        : new HostRefusal(error instanceof Error ? error.message : String(error));
    }
  },
};

function answer(query: GitQuery, scope: GitScope, signal: AbortSignal): Promise<GitReply> {
  switch (query.ask) {
    case 'blame':
      return blame(query, scope.snapshot, signal);
    case 'log':
      return log(query, scope.snapshot, signal);
    case 'changed_since':
      return changed(query.ref, scope, signal);
  }
}

async function blame(
  { path, start, end }: Extract<GitQuery, { ask: 'blame' }>,
  snapshot: Snapshot,
  signal: AbortSignal,
): Promise<GitReply> {
  const { root, inRoot } = placeOf(path, snapshot);
  const file = snapshot.file(path);
  const texts = snapshot.lines(path, start, end);
  if (texts === undefined)
    throw new HostRefusal(`${path} has ${file?.lineCount} lines; there are no lines ${start} to ${end}`);
  if (texts.length > maxBlame) throw new HostRefusal(`blame() takes at most ${maxBlame} lines at once`);
  const folder = await repositoryFolder(root, signal);
  const committed = await runGit(folder, ['cat-file', 'blob', `HEAD:./${inRoot}`], signal);
  if (committed.cut) throw new HostRefusal(`${path} is too large to blame`);
  if (committed.code !== 0)
    return { items: texts.map((text, at) => uncommitted(start + at, text)), notes: [`${path} is in no commit`] };
  const whole = snapshot.lines(path, 1, file?.lineCount ?? 0) ?? [];
  const before = blobText(committed.bytes) ?? '';
  const numbers = gitLineNumbers(before);
  const matched = matchLines(splitLines(before), whole).map((line) => numbers[line - 1] ?? 0);
  const wanted = matched.slice(start - 1, end).filter((line) => line > 0);
  const origins = wanted.length === 0 ? new Map() : parseBlame(await blamed(folder, inRoot, wanted, signal));
  const items = texts.map((text, at): BlamedLine => {
    const origin = origins.get(matched[start - 1 + at] ?? 0);
    return origin === undefined ? uncommitted(start + at, text) : { line: start + at, ...origin, text };
  });
  return { items, notes: [] };
}

/** By commit, not by work tree: reading that one runs filters. */
async function blamed(folder: string, path: string, lines: readonly number[], signal: AbortSignal): Promise<string> {
  const range = `${Math.min(...lines)},${Math.max(...lines)}`;
  return succeeded(
    await runGit(folder, ['blame', '--line-porcelain', '--no-textconv', '-L', range, 'HEAD', '--', path], signal),
  );
}

const uncommitted = (line: number, text: string): BlamedLine => {
  return { line, commit: 'uncommitted', author: '', date: '', summary: '', text };
};

async function log(
  { path, count }: Extract<GitQuery, { ask: 'log' }>,
  snapshot: Snapshot,
  signal: AbortSignal,
): Promise<GitReply> {
  const place = path === null ? undefined : placeOf(path, snapshot);
  const roots = place === undefined ? snapshot.roots : [place.root];
  const limits = [
    '-n',
    String(count),
    `--format=${logFormat}`,
    '--no-show-signature',
    '--no-ext-diff',
    '--no-textconv',
  ];
  const of = place === undefined ? ['HEAD', '--', '.'] : ['--follow', 'HEAD', '--', place.inRoot];
  const items: LoggedCommit[] = [];
  for (const root of roots)
    items.push(
      ...parseLog(succeeded(await runGit(await repositoryFolder(root, signal), ['log', ...limits, ...of], signal))),
    );
  return { items, notes: items.length === 0 ? ['no commit touches it'] : [] };
}

async function changed(ref: string, scope: GitScope, signal: AbortSignal): Promise<GitReply> {
  if (!/^[\p{L}\p{N}_@][\p{L}\p{N}_./@{}~^+ -]{0,200}$/u.test(ref))
    throw new HostRefusal('ref must be a commit, a branch or a tag, such as HEAD~3 or main');
  const replies: GitReply[] = [];
  for (const root of scope.snapshot.roots) {
    const folder = await repositoryFolder(root, signal);
    const found = await runGit(folder, ['rev-parse', '--verify', '--quiet', `${ref}^{commit}`], signal);
    const commit = /^[0-9a-f]{40,64}$/.exec(found.stdout.trim())?.[0];
    if (commit === undefined) throw new HostRefusal(`${root.name} has no commit ${JSON.stringify(ref)}`);
    replies.push(await changesIn({ root, folder, commit }, scope, signal));
  }
  return { items: replies.flatMap(({ items }) => items), notes: replies.flatMap(({ notes }) => notes) };
}

/** @throws HostRefusal for a path that the agent does not have. */
function placeOf(path: string, snapshot: Snapshot): { readonly root: WorkspaceRoot; readonly inRoot: string } {
  if (snapshot.file(path) === undefined)
    throw new HostRefusal(`no file ${JSON.stringify(path.slice(0, 300))} among the loaded files`);
  const [only] = snapshot.roots;
  if (only !== undefined && snapshot.roots.length === 1) return { root: only, inRoot: path };
  const root = snapshot.roots.find(({ name }) => path.startsWith(`${name}/`));
  if (root === undefined) throw new HostRefusal(`${path} is in no root`);
  return { root, inRoot: path.slice(root.name.length + 1) };
}
