import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { codeOf } from '../citations/code-of.ts';
import { findFacts } from '../citations/read-saved.ts';
import { checkMarkdown, describeFate, isStale, type LiveCitation } from '../citations/reanchor.ts';
import { formatRange } from '../citations/verify.ts';
import { buildSnapshot } from '../workspace/build-snapshot.ts';
import { spoolsIn } from '../workspace/node/corpus-spool.ts';
import { diskFiles } from '../workspace/node/disk-files.ts';
import { largestFileBytes, mostFiles, type SnapshotOptions } from '../workspace/options.ts';
import { CliError } from './cli-error.ts';
import { type CliHost, print } from './cli-host.ts';
import { checkFolder } from './folders.ts';
import { sanitizeLine } from './sanitize.ts';
import { sha256 } from './sha256.ts';
import { cacheFolder } from './user-folders.ts';

export interface VerifyCommand {
  readonly files: readonly string[];
  /** As given; empty for the current folder. */
  readonly dirs: readonly string[];
  readonly json: boolean;
}

interface CheckedFile {
  readonly file: string;
  readonly text: string;
  readonly citations: readonly LiveCitation[];
}

/** All that any question could have loaded: what is left out would look as if it were gone. */
const widest: SnapshotOptions = {
  maxFileBytes: largestFileBytes,
  maxFiles: mostFiles,
  maxBytes: Number.MAX_SAFE_INTEGER,
};

/** Checks saved answers against the code. @returns 0, or 1 when a citation is stale. @throws CliError */
export async function verify(command: VerifyCommand, host: CliHost): Promise<number> {
  const dirs = command.dirs.length === 0 ? ['.'] : command.dirs;
  const folders = await Promise.all(dirs.map((dir) => checkFolder(dir, host.cwd)));
  const texts = await Promise.all(command.files.map((file) => readMarkdown(file, host.cwd)));
  const files = diskFiles(folders.map((location) => ({ location })));
  const openSpool = spoolsIn(join(cacheFolder(host.env, host.platform), 'corpora'));
  const snapshot = await buildSnapshot(files, widest, new AbortController().signal, openSpool);
  const checked = command.files.map((file, index): CheckedFile => {
    const text = texts[index] ?? '';
    return { file, text, citations: checkMarkdown(text, codeOf(snapshot), sha256) };
  });
  const stale = checked.some(({ citations }) => citations.some(isStale));
  await print(
    host.stdout,
    command.json ? `${JSON.stringify(verifyReport(checked))}\n` : checked.map(describe).join(''),
  );
  return stale ? 1 : 0;
}

async function readMarkdown(file: string, cwd: string): Promise<string> {
  const text = await readFile(resolve(cwd, file), 'utf8').catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
    throw new CliError(`'${file}' cannot be read (${code})`, 2);
  });
  const found = findFacts(text);
  if (found !== undefined && found.facts === undefined)
    throw new CliError(`'${file}' holds a record of an answer that cannot be read; save the answer again`, 1);
  return text;
}

const lineOf = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;

function describe({ file, text, citations }: CheckedFile): string {
  const rows = citations
    .filter(isStale)
    .map(({ cited, fate }) => `${file}:${lineOf(text, cited.start)}: [${formatRange(cited)}] ${describeFate(fate)}`);
  const head = `${file}: ${rows.length} of ${citations.length} citations changed`;
  return [...rows, head].map((row) => `${sanitizeLine(row)}\n`).join('');
}

/** What `--json` prints. */
function verifyReport(checked: readonly CheckedFile[]) {
  const files = checked.map(({ file, text, citations }) => ({
    file,
    question: findFacts(text)?.facts?.question ?? null,
    citations: citations.map(({ cited, anchor, fate }) => ({
      line: lineOf(text, cited.start),
      ...{ path: cited.path, startLine: cited.startLine, endLine: cited.endLine },
      status: fate.kind,
      recorded: anchor !== undefined,
      to: 'to' in fate ? fate.to : null,
      detail: describeFate(fate),
    })),
    stale: citations.filter(isStale).length,
  }));
  return { stale: files.reduce((sum, { stale }) => sum + stale, 0), files };
}
