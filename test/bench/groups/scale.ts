import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Figure, type Group, type GroupResult, times, within } from '../support/figure.ts';
import { growCorpus } from '../support/grown-corpus.ts';
import { benchDir } from '../support/places.ts';
import { measureIn } from '../support/process.ts';
import { sample } from '../support/stats.ts';
import type { ScaleCosts } from '../workspace-scale.ts';

/** Kept for the next run where `BENCH_GROWN` names a folder for them: a gigabyte takes a while to write. */
const kept = process.env.BENCH_GROWN;
const folder = kept ?? join(benchDir, 'grown');
export interface ScaleSize {
  readonly megabytes: number;
  readonly files: number;
}

/** What a workspace of many small files has: 5 KB in each. */
export const smallFiles = (megabytes: number): ScaleSize => ({ megabytes, files: megabytes * 200 });

/** Every stage before a model's first word. */
export const scaleOf =
  (sizes: readonly ScaleSize[]): Group =>
  async () => {
    const all: ScaleCosts[] = [];
    try {
      for (const { megabytes, files } of sizes) {
        const place = join(folder, `c${megabytes}`);
        if (kept === undefined || !existsSync(place)) growCorpus(place, { bytes: megabytes * 1e6, files });
        all.push(await measureIn<ScaleCosts>('workspace-scale', [place]));
      }
    } finally {
      if (kept === undefined) await rm(folder, { recursive: true, force: true });
    }
    return { figures: [...all.flatMap(figuresOf), ...growthOf(all)], notes: notesOf(all) };
  };

const one = (value: number) => sample([value]);

function figuresOf(costs: ScaleCosts): readonly Figure[] {
  const size =
    costs.megabytes < 950 ? `${Math.round(costs.megabytes)} MB` : `${(costs.megabytes / 1000).toFixed(1)} GB`;
  const read = { name: 'readFileSync of each', value: one(costs.readMs) };
  const stage = (name: string, ms: number) => times({ name: `${size}: ${name}`, unit: 'ms', measured: one(ms) }, read);
  const text = { name: 'its text', value: one(costs.megabytes) };
  const memory = times({ name: `${size}: whole process at most`, unit: 'MB', measured: one(costs.peakMb) }, text);
  return [
    stage('walk', costs.walkMs),
    stage('snapshot, its walk included', costs.snapshotMs),
    stage('REPL opened over it', costs.replMs),
    stage('grep() through all of it, first time', costs.scanMs),
    stage('words ready', costs.indexMs),
    stage('a query', costs.queryMs),
    within(memory, 4096),
  ];
}

const stages = {
  walk: 'walkMs',
  snapshot: 'snapshotMs',
  'map for the root': 'mapMs',
  'REPL opened': 'replMs',
  'grep() through all': 'scanMs',
  'words ready': 'indexMs',
  'a query': 'queryMs',
  memory: 'peakMb',
} as const satisfies Readonly<Record<string, keyof ScaleCosts>>;

/** By what power of the text's size each stage grows: the least-squares slope of both logarithms. */
function growthOf(all: readonly ScaleCosts[]): GroupResult['figures'] {
  if (all.length < 2) return [];
  const sizes = all.map(({ megabytes }) => Math.log(megabytes));
  const exponent = (values: readonly number[]) => slope(sizes, values.map(Math.log));
  const read = { name: 'readFileSync of each', value: one(exponent(all.map(({ readMs }) => readMs))) };
  return Object.entries(stages).map(([name, key]) => {
    const figure = times(
      { name: `growth exponent: ${name}`, unit: 'power', measured: one(exponent(all.map((costs) => costs[key]))) },
      read,
    );
    return within(figure, 1.2);
  });
}

function slope(xs: readonly number[], ys: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanX, meanY] = [mean(xs), mean(ys)];
  const over = xs.reduce((sum, x, at) => sum + (x - meanX) * ((ys[at] ?? 0) - meanY), 0);
  return over / xs.reduce((sum, x) => sum + (x - meanX) ** 2, 0);
}

const notesOf = (all: readonly ScaleCosts[]): readonly string[] => [
  'Real files of this machine, in every further copy a third of the compound identifiers renamed; one run each, disk cache warm.',
  ...all.map(
    ({ megabytes, files, outOfCore, ranked }) =>
      `${megabytes.toFixed(0)} MB: ${files} files, text ${outOfCore ? 'in a file (out of core)' : 'in memory'}; search ranks ${ranked} of them.`,
  ),
];
