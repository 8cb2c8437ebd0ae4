import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildSnapshot } from '../../src/workspace/build-snapshot.ts';
import { diskFiles } from '../../src/workspace/node/disk-files.ts';
import { offlineAsker } from './ask-offline.ts';
import { searchAsker } from './ask-search.ts';
import { score } from './metrics.ts';
import { type Prediction, type Row, readRows, setOf } from './rows.ts';

// node tools/eval-search.mjs ROWS.jsonl --repos FOLDER [--mode search|offline] [--out PREDICTIONS.jsonl] [--only TEXT]
// Scores ranked files (and cited lines) on rows of questions. Times do not count the loading of a repository.

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    repos: { type: 'string' },
    mode: { type: 'string', default: 'search' },
    out: { type: 'string' },
    only: { type: 'string', default: '' },
  },
});
const [file] = positionals;
if (file === undefined || values.repos === undefined || !['search', 'offline'].includes(values.mode)) {
  console.error(
    'Usage: node tools/eval-search.mjs ROWS.jsonl --repos FOLDER [--mode search|offline] [--out FILE] [--only TEXT]',
  );
  process.exit(2);
}
const repos = values.repos;
const rows = readRows(file).filter(({ id, checkout }) => `${checkout} ${id}`.includes(values.only));
const byCheckout = Map.groupBy(rows, ({ checkout }) => checkout);
const predictions = new Map<string, Prediction>();
const missing: string[] = [];
for (const [checkout, asked] of byCheckout) {
  const folder = join(repos, checkout);
  if (!existsSync(folder)) missing.push(`${checkout} (${asked.length} rows)`);
  else await predictAll(folder, asked);
}

async function predictAll(folder: string, asked: readonly Row[]): Promise<void> {
  const files = diskFiles([{ location: folder }]);
  const snapshot = await buildSnapshot(files, {}, new AbortController().signal);
  const asker = await (values.mode === 'search' ? searchAsker(snapshot) : offlineAsker(snapshot));
  for (const { id, question } of asked) {
    const startedAt = performance.now();
    const found = await asker.ask(question);
    predictions.set(id, { id, ...found, ms: performance.now() - startedAt });
  }
  await asker.close();
}

const scored = rows.filter(({ id }) => predictions.has(id));
const table = Object.fromEntries(
  [...Map.groupBy(scored, setOf), ['all', scored] as const].map(([set, some]) => {
    const scores = score(some, predictions);
    return [set, Object.fromEntries(Object.entries(scores).map(([name, value]) => [name, Number(value.toFixed(3))]))];
  }),
);
console.table(table);
if (missing.length > 0) console.log(`Not there, not scored: ${missing.join(', ')}`);
if (values.out !== undefined) {
  const lines = [...predictions.values()].map((one) => JSON.stringify(one));
  writeFileSync(values.out, `${lines.join('\n')}\n`);
}
