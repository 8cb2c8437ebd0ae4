import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { batch } from './groups/batch.ts';
import { call } from './groups/call.ts';
import { memory } from './groups/memory.ts';
import { packaged } from './groups/package.ts';
import { peer } from './groups/peer.ts';
import { scaleOf, smallFiles } from './groups/scale.ts';
import { scan } from './groups/scan.ts';
import { search } from './groups/search.ts';
import { start } from './groups/start.ts';
import { symbols } from './groups/symbols.ts';
import { tree } from './groups/tree.ts';
import { turn } from './groups/turn.ts';
import { vscode } from './groups/vscode.ts';
import { pageOf } from './page/page.ts';
import { publish } from './page/publish.ts';
import { removeCorpus } from './support/corpus.ts';
import type { Group } from './support/figure.ts';
import { describeMachine, type Machine } from './support/machine.ts';
import { benchDir, cacheHome, stateHome } from './support/places.ts';
import { type GroupReport, runGroups } from './support/run-groups.ts';

// npm run bench [-- --strict] [--large|--huge] [--publish] [GROUP …]: prints the figures and keeps them, as JSON and as a page. A missed target
// ends it with code 1 under --strict only; --large has the scale measured up to 1 GB, --huge up to 10; --publish puts what was measured into docs/bench
// and the README.

const isHuge = process.argv.includes('--huge');
const isLarge = isHuge || process.argv.includes('--large');
const sizes = [
  ...(isLarge ? [5, 50, 500, 1000] : [5, 50, 500]).map(smallFiles),
  ...(isHuge ? [{ megabytes: 10_000, files: 200_000 }] : []),
];
const groups: Readonly<Record<string, Group>> = {
  start,
  memory,
  call,
  scan,
  search,
  symbols,
  scale: scaleOf(sizes),
  batch,
  turn,
  tree,
  peer,
  package: packaged,
  vscode,
};

const options = ['--strict', '--large', '--huge', '--publish'];

async function main(args: readonly string[]): Promise<number> {
  const wanted = args.filter((arg) => !options.includes(arg));
  const unknown = wanted.filter((name) => !(name in groups));
  if (unknown.length > 0) {
    console.error(
      `Unknown: ${unknown.join(', ')}. Groups: ${Object.keys(groups).join(', ')}; options: ${options.join(', ')}`,
    );
    return 2;
  }
  const chosen = Object.entries(groups).filter(([name]) => wanted.length === 0 || wanted.includes(name));
  const machine = describeMachine();
  await mkdir(benchDir, { recursive: true });
  printMachine(machine);
  try {
    const reports = await runGroups(Object.fromEntries(chosen));
    return await conclude(machine, reports, args);
  } finally {
    await Promise.all([
      removeCorpus(),
      ...[cacheHome, stateHome].map((dir) => rm(dir, { recursive: true, force: true })),
    ]);
  }
}

function printMachine({ cores, cpu, memoryGb, load, node, pyodide, platform }: Machine): void {
  console.log(`${cores} cores (${cpu}), ${memoryGb} GB, ${platform}, load ${load}; Node ${node}, pyodide ${pyodide}`);
}

async function conclude(machine: Machine, reports: readonly GroupReport[], args: readonly string[]): Promise<number> {
  const file = join(benchDir, 'results.json');
  const at = new Date().toISOString();
  await writeFile(file, `${JSON.stringify({ at, machine, groups: reports }, null, 2)}\n`);
  const measured = reports.map((report) => ({ ...report, at, machine }));
  await writeFile(join(benchDir, 'index.html'), pageOf({ groups: measured }));
  if (args.includes('--publish')) await publish(measured, Object.keys(groups));
  const targets = reports.flatMap((report) => report.figures).filter((figure) => figure.target !== undefined);
  const missed = targets.filter((figure) => figure.target?.met === false);
  const failed = reports.filter((report) => report.failed !== undefined);
  console.log(`\n${targets.length - missed.length} of ${targets.length} targets met. Written to ${file}`);
  for (const { name, target } of missed) console.log(`MISS: ${name}, target ${target?.text}`);
  for (const { group } of failed) console.log(`FAILED: ${group}`);
  return failed.length > 0 || (args.includes('--strict') && missed.length > 0) ? 1 : 0;
}

process.exitCode = await main(process.argv.slice(2));
