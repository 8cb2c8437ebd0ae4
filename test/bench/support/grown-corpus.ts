import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { corpusSources, filesBelow } from './corpus-sources.ts';

export interface Grown {
  readonly folder: string;
  readonly files: number;
  readonly bytes: number;
}

/** Names that the product leaves out, or that are no text worth asking about. */
const passedOver = /\.(?:map|pem|key|crt|lock|min\.\w+)$|(?:^|\/)\.env|lock\.json$|(?:credentials|secret|id_rsa)/i;
const sourceFile = /\.(?:[cm]?[jt]sx?|py|md|json|css|html|h|c|rs|go|java|txt|ya?ml)$/;
const perFolder = 200;

/**
 * A workspace of any size: real files of this machine, again and again, in every copy most identifiers renamed, so that
 * no two copies are the same text and the words of the whole grow with it.
 */
export function growCorpus(folder: string, wanted: { readonly bytes: number; readonly files: number }): Grown {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, '.git'), { recursive: true });
  const seeds = seedsOf(wanted.bytes / wanted.files);
  let files = 0;
  let bytes = 0;
  for (let round = 0; bytes < wanted.bytes && seeds.length > 0; round++)
    for (const { name, text } of seeds) {
      if (bytes >= wanted.bytes) break;
      const path = join(folder, pathOf(files, round, name));
      const copy = round === 0 ? text : renamed(text, round);
      if (files % perFolder === 0) mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, copy);
      files++;
      bytes += Buffer.byteLength(copy);
    }
  return { folder, files, bytes };
}

const pathOf = (count: number, round: number, name: string): string => {
  const folder = Math.floor(count / perFolder);
  return `part${Math.floor(folder / 50)}/module${folder}/r${round}_${count}_${name}`;
};

interface Seed {
  readonly name: string;
  readonly text: string;
}

/** Files that together have about the wanted mean size. */
function seedsOf(meanBytes: number): readonly Seed[] {
  const seeds: Seed[] = [];
  let total = 0;
  for (const dir of corpusSources())
    for (const path of filesBelow(dir)) {
      if (!sourceFile.test(path) || passedOver.test(path)) continue;
      const { size } = statSync(path);
      const mean = seeds.length === 0 ? meanBytes : total / seeds.length;
      if (size < 200 || size > 1.5e6 || (mean > meanBytes ? size > meanBytes : size < meanBytes / 2)) continue;
      const text = readFileSync(path, 'utf8');
      if (
        text.includes('\0') ||
        text.includes('\uFFFD') ||
        text.includes('PRIVATE KEY') ||
        size / text.split('\n').length > 400
      )
        continue;
      seeds.push({ name: path.slice(path.lastIndexOf('/') + 1), text });
      total += size;
      if (total > 60e6) return seeds;
    }
  return seeds;
}

const identifier = /\b[a-z]+[A-Z_]\w{3,}\b/g;

/** Compound identifiers that a copy gives other names: every third, by their letters. */
const renamed = (text: string, round: number): string =>
  text.replace(identifier, (name) => (name.charCodeAt(2) % 3 === 0 ? `${name}R${round}` : name));
