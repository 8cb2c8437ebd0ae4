import { scorePassages, scoreWholeFile, slotWeights, type Weights } from './bm25.ts';
import { type Counts, countSlots, pathSlots } from './count-slots.ts';
import { NameMatch } from './name-match.ts';
import type { Question } from './question.ts';
import type { Slots } from './slots.ts';
import type { WordIndex } from './word-index.ts';

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

interface ScoredPassage {
  readonly passage: number;
  readonly score: number;
  /** Slots of the question that it has. */
  readonly slots: readonly number[];
}

/** Ranks the files of an index. Deterministic: ties go by path. */
export function scoreFiles(index: WordIndex, question: Question, slots: Slots): readonly ScoredFile[] {
  if (slots.count === 0) return [];
  const counts = countSlots(index, slots);
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
      fileShare * scoreWholeFile(index, slots, counts, measured.weights.file, file, rows, path) +
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

/** Tests, documents, data and generated code stand back, unless they are asked about. */
function standing(index: WordIndex, { aboutTests, aboutDocs, aboutData }: Question, file: number): number {
  const kind = index.files[file]?.kind;
  if (kind === undefined) return 1;
  let factor = 1;
  if (kind.isTest && !aboutTests) factor *= 0.8;
  if (kind.isDoc && !aboutDocs) factor *= 0.5;
  else if (kind.isData && !aboutData) factor *= 0.6;
  if (kind.isGenerated) factor *= 0.8;
  return factor;
}
