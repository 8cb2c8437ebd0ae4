import { hash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { buildSnapshot } from '../../workspace/build-snapshot.ts';
import { diskFiles } from '../../workspace/node/disk-files.ts';
import type { SnapshotOptions } from '../../workspace/options.ts';
import { makeAggregate } from '../generate/aggregate.ts';
import { commentMark } from '../generate/comments.ts';
import { fill, type SourceFile } from '../generate/filler.ts';
import type { MadeCorpus } from '../generate/made-corpus.ts';
import { makeNeedle } from '../generate/needle.ts';
import type { EvalItem } from '../item.ts';
import { Random } from '../random.ts';
import { textFiles } from '../text-files.ts';
import type { CorpusSource } from './corpora.ts';

export const madeSetNames = ['s-niah', 'aggregate'] as const;
export type MadeSetName = (typeof madeSetNames)[number];

export interface MadeSetOptions {
  readonly seed: string;
  /** Context lengths, in tokens of four bytes. */
  readonly sizes: readonly number[];
  /** Corpora of each size. */
  readonly perSize: number;
}

export interface LoadedItems {
  readonly items: readonly EvalItem[];
  readonly sources: ReadonlyMap<string, CorpusSource>;
  /** For people: what was left out, and what has to be known about the items. */
  readonly notes: readonly string[];
}

/** Nothing of a made corpus is left out. */
const everything: SnapshotOptions = {
  notSecret: ['**'],
  includeLockFiles: true,
  useGitIgnore: false,
  useDefaultExcludes: false,
  maxFileBytes: 512 * 1024 * 1024,
  maxFiles: 2_000_000,
  maxBytes: 2 ** 31,
};

export const madeSource = (texts: ReadonlyMap<string, () => string>): CorpusSource => ({
  files: textFiles({ texts, hash: (bytes) => hash('sha256', bytes), pause: () => setImmediate() }),
  options: everything,
  onDisk: false,
});

/** The code that corpora are made of. @throws WorkspaceError */
export async function readSources(folder: string): Promise<readonly SourceFile[]> {
  const snapshot = await buildSnapshot(diskFiles([{ location: folder }]), {}, new AbortController().signal);
  return snapshot.files.flatMap(({ path }) => {
    if (commentMark(path) === undefined) return [];
    const lines = (snapshot.text(path) ?? '').replace(/\n$/, '').split('\n');
    return [{ path, lines, bytes: lines.reduce((sum, line) => sum + line.length + 1, 0) }];
  });
}

/** The items of a set that is made of real code, the same for the same code and seed. @throws RangeError */
export function makeSet(
  name: MadeSetName,
  { seed, sizes, perSize }: MadeSetOptions,
  sources: readonly SourceFile[],
): LoadedItems {
  const items: EvalItem[] = [];
  const corpora = new Map<string, CorpusSource>();
  const notes: string[] = [];
  for (const tokens of sizes) {
    let copies = 1;
    for (let at = 0; at < perSize; at++) {
      const key = `${name}:${sizeText(tokens)}:${at + 1}`;
      const random = new Random(`${seed} ${key}`);
      const filler = fill(sources, tokens * 4, random);
      const made: MadeCorpus =
        name === 's-niah' ? makeNeedle(filler, (at + 0.5) / perSize, random) : makeAggregate(filler, random);
      copies = Math.max(copies, filler.copies);
      corpora.set(key, madeSource(made.texts));
      items.push(...made.items.map((item, n) => ({ ...item, id: `${key}:${n + 1}`, corpus: { key, tokens } })));
    }
    if (copies > 1)
      notes.push(`${name} at ${sizeText(tokens)} tokens repeats its code: ${copies} times, each in another order`);
  }
  return { items, sources: corpora, notes };
}

/** `8k`, `16M`: powers of 1024. */
function sizeText(tokens: number): string {
  if (tokens % 2 ** 20 === 0) return `${tokens / 2 ** 20}M`;
  return tokens % 2 ** 10 === 0 ? `${tokens / 2 ** 10}k` : String(tokens);
}
