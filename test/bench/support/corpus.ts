import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { buildSnapshot } from '../../../src/workspace/build-snapshot.ts';
import { openCorpus } from '../../../src/workspace/node/corpus-reader.ts';
import { diskFiles } from '../../../src/workspace/node/disk-files.ts';
import type { Snapshot } from '../../../src/workspace/snapshot.ts';
import { corpusSources, filesBelow } from './corpus-sources.ts';
import { benchDir } from './places.ts';

/** A folder of real files that the product loads whole. */
export interface Corpus {
  readonly folder: string;
  readonly files: number;
  readonly bytes: number;
  /** What it is made of, for the reader. */
  readonly description: readonly string[];
}

const folder = join(benchDir, 'corpus');
const wanted = { files: 10_000, bytes: 50e6 };
const maxFileBytes = 512 * 1024;

let collected: Promise<Corpus> | undefined;

/** The same files on the same machine, in a deterministic order. Made once in a process. */
export function corpus(): Promise<Corpus> {
  collected ??= collect();
  return collected;
}

export async function removeCorpus(): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}

export const loadCorpus = (dir: string): Promise<Snapshot> =>
  buildSnapshot(diskFiles([{ location: dir }]), {}, new AbortController().signal);

/** All of its text. */
export const textOf = ({ bytes }: Snapshot): Uint8Array => openCorpus(bytes).read(0, bytes.byteLength);

class Tally {
  files = 0;
  /** Names are never given twice, whatever is dropped later. */
  written = 0;
  bytes = 0;
  readonly skipped = new Map<string, number>();

  get enough(): boolean {
    return this.files >= wanted.files && this.bytes >= wanted.bytes;
  }

  skip(reason: string, count = 1): void {
    this.skipped.set(reason, (this.skipped.get(reason) ?? 0) + count);
  }
}

async function collect(): Promise<Corpus> {
  await removeCorpus();
  // A repository of its own: the rules of the one around it do not apply.
  mkdirSync(join(folder, '.git'), { recursive: true });
  const tally = new Tally();
  const candidates = corpusSources()
    .flatMap((dir) => [...filesBelow(dir)])
    [Symbol.iterator]();
  const taken = new Map<string, number>();
  let more = true;
  while (more && !tally.enough) {
    more = takeUntilEnough(candidates, tally, taken);
    await dropWhatIsLeftOut(tally);
  }
  const real = tally.files;
  if (!tally.enough) repeatFiles(tally, await loadCorpus(folder));
  return { folder, files: tally.files, bytes: tally.bytes, description: describe(tally, taken, real) };
}

/** @returns whether there are candidates left. */
function takeUntilEnough(candidates: Iterator<string>, tally: Tally, taken: Map<string, number>): boolean {
  for (let next = candidates.next(); !next.done; next = candidates.next()) {
    const text = candidateText(next.value, tally);
    if (text === undefined) continue;
    const source = corpusSources().find((dir) => next.value?.startsWith(dir)) ?? '';
    taken.set(source, (taken.get(source) ?? 0) + 1);
    write(`${numberOf(tally.written)}-${basename(next.value).replaceAll(/[^\w.-]/g, '_')}`, text, tally);
    if (tally.enough) return true;
  }
  return false;
}

/** Numbered, so that names stay unique and no lock file or settings file is known by its name. */
const numberOf = (index: number): string => `${String(Math.floor(index / 100)).padStart(3, '0')}/${index}`;

function write(path: string, text: Uint8Array, tally: Tally): void {
  mkdirSync(join(folder, dirname(path)), { recursive: true });
  writeFileSync(join(folder, path), text);
  tally.files++;
  tally.written++;
  tally.bytes += text.length;
}

function candidateText(file: string, tally: Tally): Uint8Array | undefined {
  try {
    const { size } = statSync(file);
    if (size === 0 || size > maxFileBytes) return void tally.skip(size === 0 ? 'empty' : `over ${maxFileBytes} bytes`);
    const bytes = readFileSync(file);
    if (bytes.includes(0)) return void tally.skip('binary');
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return bytes;
  } catch (error) {
    return void tally.skip(error instanceof TypeError ? 'not UTF-8' : 'unreadable');
  }
}

/** Minified files, source maps, secrets: what the product leaves out, no other program should scan. */
async function dropWhatIsLeftOut(tally: Tally): Promise<void> {
  const { coverage } = await loadCorpus(folder);
  for (const { path, reason, detail } of coverage.leftOut) {
    if (path === '.git/') continue;
    rmSync(join(folder, path), { recursive: true });
    tally.skip(`left out by the product's rules (${reason}: ${detail.split(/[;:]/)[0]})`);
  }
  tally.files = coverage.filesLoaded;
  tally.bytes = coverage.bytesLoaded;
}

function repeatFiles(tally: Tally, { files }: Snapshot): void {
  for (let round = 1; !tally.enough && files.length > 0; round++) {
    for (const { path } of files) {
      if (tally.enough) return;
      const text = readFileSync(join(folder, path));
      const rest = text.subarray(text.indexOf(10) + 1);
      write(join(`again-${round}`, path), Buffer.concat([Buffer.from(`copy ${round} of ${path}\n`), rest]), tally);
    }
  }
}

function describe(
  { files, bytes, skipped }: Tally,
  taken: ReadonlyMap<string, number>,
  real: number,
): readonly string[] {
  const from = [...taken].map(([dir, count]) => `${count} of ${relative('.', dir) || '.'}`).join(', ');
  const passed = [...skipped].map(([reason, count]) => `${count} ${reason}`).join(', ');
  const repeated =
    real === files
      ? []
      : [`Too few real files here: ${files - real} are repeats under other folders, their first line changed.`];
  return [
    `Corpus: ${files} files, ${(bytes / 1e6).toFixed(1)} MB; taken ${from}.`,
    `Passed over: ${passed}.`,
    ...repeated,
  ];
}
