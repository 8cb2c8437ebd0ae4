import { type Anchor, anchorOf, type FoldedLines, foldFile, type Hash, hashWords } from './anchor.ts';
import { fitLines } from './fit-lines.ts';
import { findQuote, type LineRange } from './quote.ts';

/** What has become of cited code. */
export type Fate =
  | { readonly kind: 'same' }
  /** The same text at other lines of its file, or in another file while its own is still there. */
  | { readonly kind: 'moved'; readonly to: Place }
  /** Its file is gone; the same text stands in another one. */
  | { readonly kind: 'renamed'; readonly to: Place }
  /** Some of the text is still there. `to`: the lines that are left, and what is between them. */
  | { readonly kind: 'edited'; readonly to: Place; readonly keptLines: number; readonly ofLines: number }
  | { readonly kind: 'deleted'; readonly why: string }
  /** The answer came without a record of this text, and those lines do not exist or do not hold what it quotes. */
  | { readonly kind: 'unverified'; readonly why: string };

export interface Place extends LineRange {
  readonly path: string;
}

/** The code as it is now. */
export interface CodeNow {
  /** In order. */
  readonly paths: readonly string[];
  /** @returns `undefined` when there is no such file. */
  lines(path: string): readonly string[] | undefined;
}

/** At least this share of the cited lines has to be left for code to count as edited. */
const keptShare = 0.4;
/** Shorter texts stand in too many files to be recognised in another one. */
const minLetters = 24;

/** Finds cited code again. Folds each file once. */
export class Recheck {
  readonly #code: CodeNow;
  readonly #hash: Hash;
  readonly #folded = new Map<string, FoldedLines | undefined>();

  constructor(code: CodeNow, hash: Hash) {
    this.#code = code;
    this.#hash = hash;
  }

  /** @param anchor the record of the cited text. */
  fateOf(anchor: Anchor): Fate {
    const lines = this.#code.lines(anchor.path);
    if (lines !== undefined) {
      const now = lines.slice(anchor.startLine - 1, anchor.endLine);
      if (anchor.endLine <= lines.length && anchorOf(anchor, now, this.#hash).sha256 === anchor.sha256)
        return { kind: 'same' };
      const within = this.#exactIn(anchor.path, anchor);
      if (within !== undefined) return { kind: 'moved', to: within };
      const edited = this.#editedIn(anchor.path, anchor, keptShare) ?? this.#rewordedIn(anchor.path, anchor);
      if (edited !== undefined) return edited;
    }
    const elsewhere = this.#exactElsewhere(anchor);
    if (elsewhere !== undefined) return { kind: lines === undefined ? 'renamed' : 'moved', to: elsewhere };
    const changed = lines === undefined ? this.#editedElsewhere(anchor) : undefined;
    if (changed !== undefined) return changed;
    const why = lines === undefined ? `${anchor.path} is gone` : `the cited lines are no longer in ${anchor.path}`;
    return { kind: 'deleted', why };
  }

  /** @param quote what has to stand in those lines. */
  withoutRecord({ path, startLine, endLine }: Place, quote: string | undefined): Fate {
    const lines = this.#code.lines(path);
    if (lines === undefined) return { kind: 'unverified', why: `there is no file ${path}` };
    if (endLine > lines.length || endLine < startLine || startLine < 1)
      return { kind: 'unverified', why: `${path} has ${lines.length} lines` };
    if (
      quote !== undefined &&
      findQuote(lines.slice(startLine - 1, endLine), quote, { startLine, endLine }) === undefined
    )
      return { kind: 'unverified', why: 'the quoted text does not stand there' };
    return { kind: 'same' };
  }

  #exactIn(path: string, anchor: Anchor): Place | undefined {
    const file = this.#fold(path);
    const { lines, startLine, sha256 } = anchor;
    const [first] = lines;
    if (file === undefined || first === undefined) return undefined;
    let best: Place | undefined;
    for (let at = file.hashes.indexOf(first); at !== -1; at = file.hashes.indexOf(first, at + 1)) {
      if (!lines.every((hash, index) => file.hashes[at + index] === hash)) continue;
      if (this.#hash(file.texts.slice(at, at + lines.length).join('\n')) !== sha256) continue;
      const place = placeIn(path, file, at, at + lines.length - 1);
      if (best === undefined || distance(place, startLine) < distance(best, startLine)) best = place;
    }
    return best;
  }

  #exactElsewhere(anchor: Anchor): Place | undefined {
    for (const path of this.#othersLike(anchor)) {
      const found = this.#exactIn(path, anchor);
      if (found !== undefined && this.#lettersOf(found) >= minLetters) return found;
    }
    return undefined;
  }

  #lettersOf({ path, startLine, endLine }: Place): number {
    const lines = this.#code.lines(path)?.slice(startLine - 1, endLine) ?? [];
    return lines.join('').replace(/\s/g, '').length;
  }

  /** In a file of the same name, or one that holds nearly all of it: files resemble each other. */
  #editedElsewhere(anchor: Anchor): Fate | undefined {
    const name = nameOf(anchor.path);
    for (const path of this.#othersLike(anchor)) {
      const found = this.#editedIn(path, anchor, nameOf(path) === name ? 0.6 : 0.85);
      if (found !== undefined && this.#lettersOf(found.to) >= minLetters) return found;
    }
    return undefined;
  }

  /** Other files of the same kind, and those that have only got another ending; those of the same name first. */
  #othersLike({ path }: Anchor): readonly string[] {
    const name = nameOf(path);
    const ending = lastEnding.exec(name)?.[0] ?? '';
    const stem = path.replace(lastEnding, '');
    const isLike = (other: string) => other.endsWith(ending) || other.replace(lastEnding, '') === stem;
    const others = this.#code.paths.filter((other) => other !== path && isLike(other));
    const isNamesake = (other: string) => nameOf(other) === name;
    return [...others.filter(isNamesake), ...others.filter((other) => !isNamesake(other))];
  }

  #editedIn(path: string, anchor: Anchor, share: number): Extract<Fate, { kind: 'edited' }> | undefined {
    const { lines } = anchor;
    const file = this.#fold(path);
    if (file === undefined || lines.length === 0) return undefined;
    const wanted = new Set(lines);
    const present = new Set(file.hashes.filter((hash) => wanted.has(hash))).size;
    if (present / wanted.size < share) return undefined;
    const fit = fitLines(file, lines);
    if (fit === undefined || fit.kept / lines.length < share) return undefined;
    const to = placeIn(path, file, fit.from, fit.to);
    return { kind: 'edited', to, keptLines: fit.kept, ofLines: lines.length };
  }

  /** For a text of few lines, of which none is left as it was. */
  #rewordedIn(path: string, anchor: Anchor): Fate | undefined {
    const file = this.#fold(path);
    const at = file && likestLines(file, anchor);
    if (file === undefined || at === undefined) return undefined;
    const { length } = anchor.lines;
    return { kind: 'edited', to: placeIn(path, file, at, at + length - 1), keptLines: 0, ofLines: length };
  }

  #fold(path: string): FoldedLines | undefined {
    if (!this.#folded.has(path)) {
      const lines = this.#code.lines(path);
      this.#folded.set(path, lines && foldFile(lines));
    }
    return this.#folded.get(path);
  }
}

/** At least this share of the words has to be there. */
const wordShare = 0.5;

/** Where as many lines as were cited hold most of their words; the nearest of the best. */
function likestLines({ texts, numbers }: FoldedLines, { words, lines, startLine }: Anchor): number | undefined {
  if (words.length < 3) return undefined;
  const wanted = new Set(words);
  let best: { readonly at: number; readonly kept: number; readonly far: number } | undefined;
  for (let at = 0; at + lines.length <= texts.length; at++) {
    const kept = hashWords(texts.slice(at, at + lines.length)).filter((word) => wanted.has(word)).length;
    const far = Math.abs((numbers[at] ?? 0) - startLine);
    if (best === undefined || kept > best.kept || (kept === best.kept && far < best.far)) best = { at, kept, far };
  }
  return best !== undefined && best.kept / words.length >= wordShare ? best.at : undefined;
}

const lastEnding = /\.[^./]+$/;
const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

function placeIn(path: string, { numbers }: FoldedLines, from: number, to: number): Place {
  return { path, startLine: numbers[from] ?? 1, endLine: numbers[to] ?? 1 };
}

const distance = ({ startLine }: Place, from: number): number => Math.abs(startLine - from);
