import { ambiguousNames } from './ambiguous-names.ts';
import type { AmbiguousName, SearchHit, SearchQuery, SearchReply } from './code-search.ts';
import { explainHit } from './explain-hit.ts';
import { passageStride } from './file-words.ts';
import { followNames, reachFurther } from './follow-names.ts';
import { parseQuestion, type Question } from './question.ts';
import { linesWith, type RequiredText, splitQuery } from './required-text.ts';
import { sameText } from './same-text.ts';
import { pathOf, type ScoredFile, scoreFiles } from './score.ts';
import { slotsOf } from './slots.ts';
import type { WordIndex } from './word-index.ts';

const maxAlso = 2;
/** A further passage is worth naming from this share of the best one's score on. */
const alsoShare = 0.4;

/** Whole texts by path, for literals and for the edges of passages. */
export type TextOf = (path: string) => string;

/** @throws RangeError with a sentence for who asked. */
export function answerQuery(index: WordIndex, textOf: TextOf, query: SearchQuery): SearchReply {
  const { words, required } = splitQuery(query.text);
  const question = parseQuestion(words, index.vocabulary, (name) => index.definers.has(name));
  if (question.terms.size === 0 && question.unknown.length === 0 && required.length === 0)
    throw new RangeError('the query has no word to search for');
  const slots = slotsOf(question);
  const scored = reachFurther(index, question, followNames(index, scoreFiles(index, question, slots)));
  const holders = required.length === 0 ? undefined : withRequired(index, textOf, required);
  const missing = holders !== undefined && holders.size === 0;
  const ranked = holders === undefined || missing ? scored : onlyRequired(index, scored, holders);
  const hits = takeHits(index, ranked, query.k).map(({ file, passages, same }) =>
    describeHit(index, textOf, question, file, passages, same),
  );
  const ambiguous = ambiguousNames(index, question.names);
  return {
    hits,
    filesSearched: index.files.length,
    filesFound: ranked.length,
    passagesFound: ranked.reduce((sum, { found }) => sum + found, 0),
    ambiguous,
    notes: [...notesOf(question, required, missing), ...ambiguous.map(ambiguityNote)],
  };
}

/** Files → passages that have all of the required texts, near each other: each in the file, one of them in the passage. */
function withRequired(
  index: WordIndex,
  textOf: TextOf,
  required: readonly RequiredText[],
): ReadonlyMap<number, ReadonlySet<number>> {
  const holders = new Map<number, ReadonlySet<number>>();
  index.files.forEach(({ path, passages }, file) => {
    const text = textOf(path);
    const found = required.map((one) => linesWith(one, text));
    if (found.some((lines) => lines.length === 0)) return;
    const lines = found.flat();
    const first = index.firstPassage[file] ?? 0;
    const having = new Set<number>();
    for (let at = 0; at < passages.length; at += passageStride)
      if (lines.some((line) => line >= (passages[at] ?? 0) && line <= (passages[at + 1] ?? 0)))
        having.add(first + at / passageStride);
    if (having.size > 0) holders.set(file, having);
  });
  return holders;
}

function onlyRequired(
  index: WordIndex,
  scored: readonly ScoredFile[],
  holders: ReadonlyMap<number, ReadonlySet<number>>,
): readonly ScoredFile[] {
  const kept = scored.flatMap((one) => {
    const having = holders.get(one.file);
    if (having === undefined) return [];
    const passages = one.passages.filter(({ passage }) => having.has(passage));
    return [{ ...one, passages: passages.length > 0 ? passages : plain(having), found: having.size }];
  });
  const known = new Set(kept.map(({ file }) => file));
  const others = [...holders].flatMap(([file, having]) =>
    known.has(file)
      ? []
      : [{ file, score: 0, passages: plain(having), inPath: [], bestName: -1, via: -1, found: having.size }],
  );
  return [...kept, ...others.toSorted((x, y) => (pathOf(index, x) < pathOf(index, y) ? -1 : 1))];
}

const plain = (passages: ReadonlySet<number>) =>
  [...passages].slice(0, 8).map((passage) => ({ passage, score: 0, slots: [] }));

interface Taken {
  readonly file: ScoredFile;
  readonly passages: readonly number[];
  readonly same: readonly string[];
}

/** One hit a file; where there are too few files, further passages of the best. What says the same is folded into the better one. */
function takeHits(index: WordIndex, ranked: readonly ScoredFile[], k: number): readonly Taken[] {
  const taken: (Taken & { readonly same: string[] })[] = [];
  for (const file of ranked) {
    if (taken.length === k) break;
    const best = file.passages[0];
    const twin = best && taken.find(({ passages }) => sameText(index, passages[0] ?? -1, best.passage));
    if (twin !== undefined) twin.same.push(pathOf(index, file));
    else {
      const worth = (best?.score ?? 0) * alsoShare;
      const passages = file.passages.filter(({ score }) => score >= worth).map(({ passage }) => passage);
      taken.push({ file, passages: passages.slice(0, 1 + maxAlso), same: [] });
    }
  }
  const room = k - taken.length;
  const further = taken.flatMap(({ file, passages }) =>
    passages.slice(1).map((passage) => ({ file, passages: [passage], same: [] })),
  );
  return room > 0
    ? [...taken.map((one) => ({ ...one, passages: one.passages.slice(0, 1) })), ...further.slice(0, room)]
    : taken;
}

function describeHit(
  index: WordIndex,
  textOf: TextOf,
  question: Question,
  file: ScoredFile,
  passages: readonly number[],
  same: readonly string[],
): SearchHit {
  const path = pathOf(index, file);
  const lines = textOf(path).split(/\r\n|\r|\n/);
  const ranges = passages.map((passage) => trimmed(lines, boundsOf(index, file.file, passage)));
  const [[start, end] = trimmed(lines, [1, Math.min(lines.length, 20)] as const), ...also] = ranges;
  const why = explainHit(index, question, file, passages[0]);
  return { path, start, end, score: file.score, why, also, same };
}

function boundsOf(index: WordIndex, file: number, passage: number): readonly [number, number] {
  const bounds = index.files[file]?.passages ?? [];
  const at = (passage - (index.firstPassage[file] ?? 0)) * passageStride;
  return [bounds[at] ?? 1, bounds[at + 1] ?? 1];
}

/** Without blank lines at its ends. */
function trimmed(lines: readonly string[], [start, end]: readonly [number, number]): readonly [number, number] {
  const isBlank = (line: number) => (lines[line - 1] ?? '').trim() === '';
  let [first, last] = [start, Math.min(end, lines.length)];
  while (first < last && isBlank(first)) first++;
  while (last > first && isBlank(last)) last--;
  return [first, Math.max(first, last)];
}

function notesOf(question: Question, required: readonly RequiredText[], missing: boolean): readonly string[] {
  const texts = required.map(({ kind, text }) => (kind === 'literal' ? `"${text}"` : text)).join(' and ');
  return [
    ...(missing ? [`${texts} occurs in no file; ranked by the words alone`] : []),
    ...(required.length > 0 && !missing ? [`only passages with ${texts}`] : []),
    ...(question.unknown.length > 0 ? [`in no file: ${[...new Set(question.unknown)].slice(0, 12).join(', ')}`] : []),
  ];
}

const ambiguityNote = ({ name, files }: AmbiguousName) =>
  `${name} is defined in about ${files.toLocaleString('en')} files`;
