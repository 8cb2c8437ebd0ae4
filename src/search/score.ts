import type { Question } from './question.ts';
import { fifths, type WordIndex } from './word-index.ts';

/** Okapi BM25's usual constants. https://doi.org/10.1561/1500000019 */
const k1 = 1.2;
const b = 0.75;

const exactWeight = 2;
const pairWeight = 0.5;
const repeatWeight = 0.5;
const pathInPassage = 1;
const pathInFile = 3;
const secondShare = 0.4;
const fileShare = 0.3;
const nameShare = 0.3;

/** One file's standing for a question. */
export interface ScoredFile {
  readonly file: number;
  readonly score: number;
  /** Its passages that have a word of the question, best first. Empty when only the path has one. */
  readonly passages: readonly ScoredPassage[];
  /** The slots of the question found in its path. */
  readonly inPath: readonly number[];
  /** Of the defined names the one closest to the question: its word; -1 when none shares a word with it. */
  readonly bestName: number;
  /** The file whose use of a name raised it most; -1 when it stands for itself. */
  readonly via: number;
  /** How many of its passages have a word of the question. */
  readonly found: number;
}

export interface ScoredPassage {
  readonly passage: number;
  readonly score: number;
  /** Slots of the question that it has. */
  readonly slots: readonly number[];
}

/** What is looked for, each in a slot: the question's terms, then its exact identifiers, then pairs of adjacent terms. */
export interface Slots {
  readonly terms: readonly number[];
  readonly termCount: number;
  /** `first * 4096 + second` → slot, by slots of terms that follow each other in the question. */
  readonly pairs: ReadonlyMap<number, number>;
  readonly count: number;
}

export function slotsOf(question: Question): Slots {
  const terms = [...question.terms.keys()].slice(0, 4000);
  const slotOf = new Map(terms.map((term, slot) => [term, slot]));
  const all = [...terms, ...question.exact];
  const pairs = new Map<number, number>();
  question.sequence.forEach((term, at) => {
    const [first, second] = [slotOf.get(term), slotOf.get(question.sequence[at + 1] ?? -1)];
    if (first === undefined || second === undefined || first === second) return;
    const key = first * 4096 + second;
    if (!pairs.has(key)) pairs.set(key, all.length + pairs.size);
  });
  return { terms: all, termCount: terms.length, pairs, count: all.length + pairs.size };
}

/** How much of each slot every passage has that has any: a row for each such passage. */
interface Counts {
  readonly passages: Int32Array;
  readonly cells: Uint8Array;
}

/** Ranks the files of an index. Deterministic: ties go by path. */
export function scoreFiles(index: WordIndex, question: Question, slots: Slots): readonly ScoredFile[] {
  if (slots.count === 0) return [];
  const counts = gather(index, slots);
  const inPath = pathSlots(index, slots);
  const weights = slotWeights(index, question, slots, counts);
  const rowScores = scorePassages(index, slots, counts, inPath, weights.passage);
  const files = combine(index, question, slots, { counts, inPath, weights, rowScores });
  return inOrder(index, files);
}

/** Best first; ties go by path. */
export const inOrder = (index: WordIndex, files: readonly ScoredFile[]): readonly ScoredFile[] =>
  files.toSorted((x, y) => y.score - x.score || (pathOf(index, x) < pathOf(index, y) ? -1 : 1));

export const pathOf = (index: WordIndex, { file }: Pick<ScoredFile, 'file'>): string => index.files[file]?.path ?? '';

function gather(index: WordIndex, slots: Slots): Counts {
  const { postingStarts, postings, weights, fileOfPassage } = index;
  const rowOf = new Int32Array(fileOfPassage.length).fill(-1);
  const ranges = slots.terms.map((term) => [postingStarts[term] ?? 0, postingStarts[term + 1] ?? 0] as const);
  for (const [from, to] of ranges) for (let at = from; at < to; at++) rowOf[postings[at] ?? 0] = 0;
  let rows = 0;
  for (let passage = 0; passage < rowOf.length; passage++) if (rowOf[passage] === 0) rowOf[passage] = rows++;
  const passages = new Int32Array(rows);
  for (let passage = 0; passage < rowOf.length; passage++) {
    const row = rowOf[passage] ?? -1;
    if (row >= 0) passages[row] = passage;
  }
  const cells = new Uint8Array(rows * slots.count);
  ranges.forEach(([from, to], slot) => {
    for (let at = from; at < to; at++) cells[(rowOf[postings[at] ?? 0] ?? 0) * slots.count + slot] = weights[at] ?? 0;
  });
  const counts = { passages, cells };
  if (slots.pairs.size > 0) countPairs(index, slots, counts);
  return counts;
}

/** Words that follow each other in the question and in the code as well, also inside one identifier. */
function countPairs(index: WordIndex, slots: Slots, { passages, cells }: Counts): void {
  const { vocabulary, files, firstPassage, fileOfPassage } = index;
  const { partStarts, parts } = vocabulary;
  const slotOf = new Int16Array(vocabulary.termCount).fill(-1);
  slots.terms.slice(0, slots.termCount).forEach((term, slot) => {
    slotOf[term] = slot;
  });
  const pairs = [...slots.pairs].map(([key, slot]) => [Math.floor(key / 4096), key % 4096, slot] as const);
  for (let row = 0; row < passages.length; row++) {
    const base = row * slots.count;
    if (!pairs.some(([first, second]) => cells[base + first] !== 0 && cells[base + second] !== 0)) continue;
    const passage = passages[row] ?? 0;
    const fileAt = fileOfPassage[passage] ?? 0;
    const file = files[fileAt];
    if (file === undefined) continue;
    const offset = (passage - (firstPassage[fileAt] ?? 0)) * 4;
    let last = -1;
    for (let at = file.passages[offset + 2] ?? 0; at < (file.passages[offset + 3] ?? 0); at++) {
      const token = file.tokens[at] ?? 0;
      const word = token >> 2;
      for (let part = partStarts[word] ?? 0; part < (partStarts[word + 1] ?? 0); part++) {
        const slot = slotOf[parts[part] ?? 0] ?? -1;
        const pair = slot < 0 || last < 0 ? undefined : slots.pairs.get(last * 4096 + slot);
        if (pair !== undefined) cells[base + pair] = Math.min(255, (cells[base + pair] ?? 0) + fifths);
        last = slot;
      }
    }
  }
}

/** File → the slots that its path has. */
function pathSlots(index: WordIndex, slots: Slots): ReadonlyMap<number, readonly number[]> {
  const { partStarts, parts } = index.vocabulary;
  const slotOf = new Map(slots.terms.slice(0, slots.termCount).map((term, slot) => [term, slot]));
  const found = new Map<number, readonly number[]>();
  index.files.forEach(({ pathWords }, file) => {
    let here: number[] | undefined;
    for (const word of pathWords)
      for (let part = partStarts[word] ?? 0; part < (partStarts[word + 1] ?? 0); part++) {
        const slot = slotOf.get(parts[part] ?? 0);
        if (slot === undefined) continue;
        if (here === undefined) here = [slot];
        else here.push(slot);
      }
    if (here !== undefined) found.set(file, here);
  });
  return found;
}

interface Weights {
  readonly passage: Float64Array;
  readonly file: Float64Array;
}

function slotWeights(index: WordIndex, question: Question, slots: Slots, { passages, cells }: Counts): Weights {
  const havePassages = new Int32Array(slots.count);
  const haveFiles = new Int32Array(slots.count);
  const lastFile = new Int32Array(slots.count).fill(-1);
  for (let row = 0; row < passages.length; row++) {
    const file = index.fileOfPassage[passages[row] ?? 0] ?? 0;
    for (let slot = 0; slot < slots.count; slot++) {
      if (cells[row * slots.count + slot] === 0) continue;
      havePassages[slot] = (havePassages[slot] ?? 0) + 1;
      if (lastFile[slot] === file) continue;
      lastFile[slot] = file;
      haveFiles[slot] = (haveFiles[slot] ?? 0) + 1;
    }
  }
  const wanted = (slot: number): number => {
    if (slot >= slots.terms.length) return pairWeight;
    if (slot >= slots.termCount) return exactWeight;
    return 1 + repeatWeight * Math.log(question.terms.get(slots.terms[slot] ?? -1) ?? 1);
  };
  const weigh = (having: Int32Array, all: number) =>
    Float64Array.from(having, (n, slot) => wanted(slot) * Math.log(1 + (all - n + 0.5) / (n + 0.5)));
  return { passage: weigh(havePassages, index.fileOfPassage.length), file: weigh(haveFiles, index.files.length) };
}

const saturate = (count: number, scale: number): number => (count * (k1 + 1)) / (count + scale);

function scorePassages(
  index: WordIndex,
  slots: Slots,
  { passages, cells }: Counts,
  inPath: ReadonlyMap<number, readonly number[]>,
  weights: Float64Array,
): Float64Array {
  const scores = new Float64Array(passages.length);
  const average = index.totalLength / Math.max(1, index.fileOfPassage.length);
  const none: readonly number[] = [];
  const pathCounts = new Float64Array(slots.count);
  for (let row = 0; row < passages.length; row++) {
    const passage = passages[row] ?? 0;
    const scale = k1 * (1 - b + (b * (index.passageLength[passage] ?? 0)) / average);
    const path = inPath.get(index.fileOfPassage[passage] ?? 0) ?? none;
    for (const slot of path) pathCounts[slot] = pathInPassage;
    let score = 0;
    for (let slot = 0; slot < slots.count; slot++) {
      const count = (cells[row * slots.count + slot] ?? 0) / fifths + (pathCounts[slot] ?? 0);
      if (count > 0) score += (weights[slot] ?? 0) * saturate(count, scale);
    }
    for (const slot of path) pathCounts[slot] = 0;
    scores[row] = score;
  }
  return scores;
}

interface Measured {
  readonly counts: Counts;
  readonly inPath: ReadonlyMap<number, readonly number[]>;
  readonly weights: Weights;
  readonly rowScores: Float64Array;
}

function combine(index: WordIndex, question: Question, slots: Slots, measured: Measured): readonly ScoredFile[] {
  const { counts, inPath, rowScores } = measured;
  const rowsOf = new Map<number, number[]>();
  for (let row = 0; row < counts.passages.length; row++) {
    const file = index.fileOfPassage[counts.passages[row] ?? 0] ?? 0;
    const rows = rowsOf.get(file);
    if (rows === undefined) rowsOf.set(file, [row]);
    else rows.push(row);
  }
  for (const file of inPath.keys()) if (!rowsOf.has(file)) rowsOf.set(file, []);
  const names = new NameMatch(index, slots, measured.weights.passage);
  return [...rowsOf].map(([file, rows]) => {
    const passages = rows
      .toSorted((x, y) => (rowScores[y] ?? 0) - (rowScores[x] ?? 0) || x - y)
      .map((row) => ({ passage: counts.passages[row] ?? 0, score: rowScores[row] ?? 0, row }));
    const name = names.best(file);
    const path = inPath.get(file) ?? [];
    const score =
      (passages[0]?.score ?? 0) +
      secondShare * (passages[1]?.score ?? 0) +
      fileShare * wholeFile(index, slots, measured, file, rows, path) +
      nameShare * name.score;
    return {
      file,
      score: score * standing(index, question, file),
      passages: passages.slice(0, 8).map(({ row, ...one }) => ({ ...one, slots: slotsIn(counts, slots, row) })),
      inPath: path,
      bestName: name.word,
      via: -1,
      found: rows.length,
    };
  });
}

const slotsIn = ({ cells }: Counts, slots: Slots, row: number): readonly number[] =>
  slots.terms.flatMap((_, slot) => (cells[row * slots.count + slot] === 0 ? [] : [slot]));

function wholeFile(
  index: WordIndex,
  slots: Slots,
  { counts, weights }: Measured,
  file: number,
  rows: readonly number[],
  path: readonly number[],
): number {
  const from = index.firstPassage[file] ?? 0;
  const to = index.firstPassage[file + 1] ?? 0;
  let length = 0;
  for (let passage = from; passage < to; passage++) length += index.passageLength[passage] ?? 0;
  const scale = k1 * (1 - b + (b * length * index.files.length) / Math.max(1, index.totalLength));
  let score = 0;
  for (let slot = 0; slot < slots.count; slot++) {
    let count = 0;
    for (const row of rows) count += counts.cells[row * slots.count + slot] ?? 0;
    const all = count / fifths + pathInFile * path.filter((one) => one === slot).length;
    if (all > 0) score += (weights.file[slot] ?? 0) * saturate(all, scale);
  }
  return score;
}

/** Tests, documents, data and generated code stand back, unless they are asked about. */
function standing(index: WordIndex, { aboutTests, aboutDocs, aboutData }: Question, file: number): number {
  const kind = index.files[file]?.kind;
  if (kind === undefined) return 1;
  let factor = 1;
  if (kind.isTest && !aboutTests) factor *= 0.8;
  if (kind.isDoc && !aboutDocs) factor *= 0.5;
  else if (kind.isData && !aboutData) factor *= 0.6;
  if (kind.isGenerated) factor *= 0.6;
  return factor;
}

/** How well a file's defined names match: the worth of the question's words in a name, by the square of the name's share they cover. */
class NameMatch {
  readonly #index: WordIndex;
  readonly #slotOf: ReadonlyMap<number, number>;
  readonly #weights: Float64Array;
  readonly #known = new Map<number, number>();

  constructor(index: WordIndex, slots: Slots, weights: Float64Array) {
    this.#index = index;
    this.#slotOf = new Map(slots.terms.slice(0, slots.termCount).map((term, slot) => [term, slot]));
    this.#weights = weights;
  }

  best(file: number): { readonly word: number; readonly score: number } {
    const definitions = this.#index.files[file]?.definitions ?? new Int32Array();
    let best = { word: -1, score: 0 };
    for (let at = 0; at < definitions.length; at += 2) {
      const word = definitions[at] ?? 0;
      const score = this.#scoreOf(word);
      if (score > best.score) best = { word, score };
    }
    return best;
  }

  #scoreOf(word: number): number {
    const known = this.#known.get(word);
    if (known !== undefined) return known;
    const { partStarts, parts } = this.#index.vocabulary;
    const [from, to] = [partStarts[word] ?? 0, partStarts[word + 1] ?? 0];
    let covered = 0;
    let worth = 0;
    for (let part = from; part < to; part++) {
      const slot = this.#slotOf.get(parts[part] ?? 0);
      if (slot === undefined) continue;
      covered++;
      worth += this.#weights[slot] ?? 0;
    }
    const score = to === from ? 0 : worth * (covered / (to - from)) ** 2;
    this.#known.set(word, score);
    return score;
  }
}
