import { readFileSync } from 'node:fs';
import { loadCorpus } from './support/corpus.ts';
import { filesBelow } from './support/corpus-sources.ts';
import { cell, open, pool, timed } from './support/repl.ts';
import { pattern } from './support/ripgrep.ts';
import { repeat } from './support/stats.ts';

// A fresh process: snapshots a folder and scans all of it in a REPL. Prints JSON. Argument: the folder.

export interface ReplScan {
  readonly readMs: number;
  readonly snapshotMs: number;
  readonly matches: number;
  /** All of milliseconds: the first is the first time that the REPL reads the texts. */
  readonly countMs: readonly number[];
  readonly grepMs: readonly number[];
}

const folder = process.argv[2] ?? '';

function readPlainly(): Promise<void> {
  return (async () => {
    for (const file of filesBelow(folder)) readFileSync(file, 'utf8');
  })();
}

const count = `
import re
rx = re.compile(${JSON.stringify(pattern)})
counts = {path: len(rx.findall(text)) for path, text in files.items()}
sum(counts.values())`;

const { ms: readMs } = await timed(readPlainly);
const { ms: snapshotMs, value: snapshot } = await timed(() => loadCorpus(folder));
const index = snapshot.files.map((file) => [file.path, file.offset, file.byteLength] as const);
const repls = pool();
const repl = await open(repls, { corpus: { bytes: snapshot.bytes, index, texts: {} } });
const counted = await repeat(6, () => timed(() => cell(repl, count)));
const grepped = await repeat(6, () => timed(() => cell(repl, `len(grep(${JSON.stringify(pattern)}, max_hits=10**9))`)));
await repls.close();
const scan: ReplScan = {
  readMs,
  snapshotMs,
  matches: Number(counted[0]?.value),
  countMs: counted.map(({ ms }) => ms),
  grepMs: grepped.map(({ ms }) => ms),
};
console.log(JSON.stringify(scan));
