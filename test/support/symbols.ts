import { mkdir, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createSymbolSource } from '../../src/symbols/node/worker-symbols.ts';
import type {
  DefinitionItem,
  ReferenceItem,
  SymbolQuery,
  SymbolReply,
  SymbolSource,
} from '../../src/symbols/symbol-source.ts';
import { buildSymbolWorker, copyGrammars } from '../../tools/build-symbols.mjs';
import { memorySnapshot, neverAborted } from './workspace.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

let built: Promise<string> | undefined;

/** Bundles the parsers' thread as tools/build.mjs does, into a folder that no test file running beside this one uses. */
function symbolAssets(): Promise<string> {
  built ??= build(`${root}.cache/test-assets/symbols-${process.env.VITEST_POOL_ID ?? '0'}`);
  return built;
}

async function build(dir: string): Promise<string> {
  await mkdir(dir, { recursive: true });
  const there = await stat(`${dir}/tree-sitter/tree-sitter-c.wasm`).catch(() => undefined);
  if (there === undefined) copyGrammars(`${dir}/tree-sitter`, root);
  await buildSymbolWorker(`${dir}/symbol-worker.cjs`, root);
  return dir;
}

export const testSymbols = async (): Promise<SymbolSource> => createSymbolSource({ assetsDir: await symbolAssets() });

/** Questions about one in-memory workspace. */
export interface AskedSymbols {
  ask(query: SymbolQuery): Promise<SymbolReply>;
  definitions(path: string): Promise<readonly DefinitionItem[]>;
  references(name: string, ask?: 'references' | 'callers'): Promise<readonly ReferenceItem[]>;
}

export async function symbolsOf(source: SymbolSource, files: Readonly<Record<string, string>>): Promise<AskedSymbols> {
  const snapshot = await memorySnapshot(files);
  const ask = (query: SymbolQuery) => source.ask(query, { snapshot, texts: {} }, neverAborted());
  return {
    ask,
    definitions: async (path) => (await ask({ ask: 'outline', path })).items as readonly DefinitionItem[],
    references: async (name, kind = 'references') =>
      (await ask({ ask: kind, name, limit: 10_000 })).items as readonly ReferenceItem[],
  };
}
