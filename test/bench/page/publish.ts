import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { pageOf } from './page.ts';
import { type Published, type PublishedGroup, published } from './published.ts';
import { withFigures } from './readme-table.ts';

export const resultsFile = 'docs/bench/results.json';
const pageFile = 'docs/bench/index.html';

/** Writes what was measured into docs/bench and the README. Groups that were not measured now stay as they were. */
export async function publish(measured: readonly PublishedGroup[], order: readonly string[]): Promise<void> {
  const before = await readFile(resultsFile, 'utf8').then(
    (text) => JSON.parse(text) as Published,
    () => ({ groups: [] }),
  );
  const results = published(before, measured, order);
  await mkdir('docs/bench', { recursive: true });
  await writeFile(resultsFile, `${JSON.stringify(results, null, 2)}\n`);
  await writeFile(pageFile, pageOf(results));
  await writeFile('README.md', withFigures(await readFile('README.md', 'utf8'), results));
}
