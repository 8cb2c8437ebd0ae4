import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { diskFiles } from '../../workspace/node/disk-files.ts';
import type { EvalItem } from '../item.ts';
import { Random } from '../random.ts';
import { readSet } from '../sets/read-set.ts';
import type { CorpusSource } from './corpora.ts';
import {
  type LoadedItems,
  type MadeSetName,
  type MadeSetOptions,
  madeSetNames,
  madeSource,
  makeSet,
  readSources,
} from './made-sets.ts';

export interface SetOptions extends MadeSetOptions {
  /** Names of made sets, and absolute paths of files. */
  readonly sets: readonly string[];
  /** Where the folders of questions are; a file's own folder when absent. */
  readonly repos: string | undefined;
  /** The folder whose code made corpora consist of. */
  readonly from: string;
  /** Only items whose id, kind or folder holds this. */
  readonly only: string;
  /** At most so many items of each kind, picked by the seed. */
  readonly sample: number | undefined;
}

/** Why there are no items; for people. */
export class SetError extends Error {
  override readonly name = 'SetError';
}

/** All items of the sets. @throws SetError */
export async function loadItems(options: SetOptions): Promise<LoadedItems> {
  const made = options.sets.filter(isMade);
  const code = made.length === 0 ? [] : await readSources(options.from);
  const loaded: LoadedItems[] = [];
  for (const set of options.sets)
    loaded.push(isMade(set) ? makeSet(set, options, code) : await fromFile(set, options.repos ?? dirname(set)));
  const items = chosen(
    loaded.flatMap((one) => one.items),
    options,
  );
  const seen = new Set<string>();
  for (const { id } of items) {
    if (seen.has(id)) throw new SetError(`two questions have the id '${id}'`);
    seen.add(id);
  }
  const notes = loaded.flatMap((one) => one.notes);
  if (items.length === 0) throw new SetError(['there is no question to ask', ...notes].join('; '));
  return { items, sources: new Map(loaded.flatMap(({ sources }) => [...sources])), notes };
}

const isMade = (set: string): set is MadeSetName => madeSetNames.some((name) => name === set);

async function fromFile(file: string, repos: string): Promise<LoadedItems> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new SetError(
      `the set '${file}' cannot be read (${code}); sets that are made here: ${madeSetNames.join(', ')}`,
    );
  });
  const read = readSet(text, basename(file, extname(file)));
  if (read.kind === 'problem') throw new SetError(`${file}: ${read.problem}`);
  const sources = new Map<string, CorpusSource>();
  const missing = new Map<string, number>();
  const items = read.items.flatMap(({ item, texts }) => {
    const { key } = item.corpus;
    const folder = join(repos, key.slice(key.indexOf(':') + 1));
    if (texts === undefined && !existsSync(folder)) {
      missing.set(key, (missing.get(key) ?? 0) + 1);
      return [];
    }
    if (!sources.has(key))
      sources.set(
        key,
        texts === undefined
          ? { files: diskFiles([{ location: folder }]), options: {}, onDisk: true }
          : madeSource(texts),
      );
    return [item];
  });
  const notThere = [...missing].map(([key, count]) => `${key} is not there: ${count} questions left out`);
  return { items, sources, notes: [...read.leftOut, ...notThere] };
}

function chosen(items: readonly EvalItem[], { only, sample, seed }: SetOptions): readonly EvalItem[] {
  const wanted = items.filter(({ id, kind, corpus }) => `${id} ${kind} ${corpus.key}`.includes(only));
  if (sample === undefined) return wanted;
  const byKind = Map.groupBy(wanted, ({ kind }) => kind);
  const picked = [...byKind.values()].flatMap((some) => new Random(seed).shuffled(some).slice(0, sample));
  return picked.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}
