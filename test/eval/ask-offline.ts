import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { systemClock } from '../../src/cli/system-clock.ts';
import { createEngine } from '../../src/engine.ts';
import { offlineModel } from '../../src/models/offline/offline-model.ts';
import { createReplPool } from '../../src/repl/node/pool.ts';
import { createCodeSearch } from '../../src/search/node/worker-search.ts';
import { createSymbolSource } from '../../src/symbols/node/worker-symbols.ts';
import type { Snapshot } from '../../src/workspace/snapshot.ts';
import type { Asker } from './ask-search.ts';

/** Whole runs of the offline model: its answer's citations, in their order. */
export async function offlineAsker(snapshot: Snapshot): Promise<Asker> {
  const assetsDir = resolve('dist');
  const cacheDir = await mkdtemp(join(tmpdir(), 'ask-codebase-eval-'));
  const repls = createReplPool({ assetsDir, cacheDir });
  await repls.warmUp();
  let loaded = (): void => undefined;
  const isLoaded = new Promise<void>((done) => {
    loaded = done;
  });
  const search = createCodeSearch({ assetsDir, onLoaded: () => loaded() });
  search.prepare(snapshot);
  await isLoaded;
  const engine = createEngine({
    loadSnapshot: async () => snapshot,
    models: { root: offlineModel, sub: offlineModel },
    repls,
    search,
    symbols: createSymbolSource({ assetsDir }),
    clock: systemClock,
    hash: (text) => createHash('sha256').update(text).digest('hex'),
    newRunId: () => randomUUID(),
    version: 'eval',
  });
  return {
    async ask(question) {
      const { answer, citations } = await engine.ask(question).done;
      const lines = citations.map(({ path, startLine, endLine }) => [path, startLine, endLine] as const);
      const unverified = citations.filter(({ status }) => status !== 'verified').length;
      return { answer, files: [...new Set(citations.map(({ path }) => path))], lines, unverified };
    },
    async close() {
      await engine.close();
      await rm(cacheDir, { recursive: true, force: true });
    },
  };
}
