import type { Anchor, Hash } from './anchor.ts';
import { anchorOf } from './anchor.ts';
import { type CitedRange, parseCitations } from './parse.ts';
import type { LineRange } from './quote.ts';
import { findFacts } from './read-saved.ts';
import { type CodeNow, type Fate, type Place, Recheck } from './recheck.ts';
import { writeFacts } from './saved-answer.ts';
import { formatRange } from './verify.ts';

/** A citation of a Markdown file, where it stands there, and what became of the code. */
export interface LiveCitation {
  readonly cited: CitedRange;
  readonly anchor: Anchor | undefined;
  readonly fate: Fate;
}

export const isStale = ({ fate }: LiveCitation): boolean => fate.kind !== 'same';

/** Where the text stands now, when it can be told. */
export const newPlace = ({ fate }: LiveCitation): Place | undefined => ('to' in fate ? fate.to : undefined);

/** Checks every citation of a Markdown file. Those of a saved answer are compared with the text they were saved with. */
export function checkMarkdown(text: string, code: CodeNow, hash: Hash): readonly LiveCitation[] {
  const recheck = new Recheck(code, hash);
  const facts = findFacts(text)?.facts;
  const anchors = new Map(facts?.citations.map((anchor) => [formatRange(anchor), anchor]));
  const known = new Map<string, Fate>();
  return parseCitations(text).map((cited) => {
    const key = formatRange(cited);
    const anchor = anchors.get(key);
    // In a saved answer, what has no entry was not verified; elsewhere a block after a citation need not be its quote.
    if (anchor === undefined) return { cited, anchor, fate: recheck.withoutRecord(cited, facts && cited.quote) };
    const fate = known.get(key) ?? recheck.fateOf(anchor);
    known.set(key, fate);
    return { cited, anchor, fate };
  });
}

/** A change of a text: `text.slice(start, end)` becomes `replacement`. */
export interface TextChange {
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
}

/**
 * The changes that make citations point to where their text stands now; every occurrence and the record with them. A citation is
 * known by its place: what stands where one goes moves along, and none goes where another stays whose own text is lost.
 */
export function reanchor(
  text: string,
  live: readonly LiveCitation[],
  wanted: (citation: LiveCitation) => boolean,
  code: CodeNow,
  hash: Hash,
): readonly TextChange[] {
  const places = newPlaces(live, wanted);
  const inText = live.flatMap(({ cited }): readonly TextChange[] => {
    const to = places.get(formatRange(cited));
    return to === undefined ? [] : [{ start: cited.start, end: cited.end, replacement: formatRange(to) }];
  });
  const found = findFacts(text);
  if (found?.facts === undefined || places.size === 0) return inText;
  const citations = found.facts.citations.map((anchor) => {
    const to = places.get(formatRange(anchor));
    return to === undefined ? anchor : anchorOf(to, linesAt(code, to), hash);
  });
  return [...inText, { start: found.start, end: found.end, replacement: writeFacts({ ...found.facts, citations }) }];
}

function newPlaces(live: readonly LiveCitation[], wanted: (citation: LiveCitation) => boolean) {
  const stale = new Map(live.filter(isStale).map((one) => [formatRange(one.cited), one]));
  const places = new Map<string, Place>();
  const waiting = live.filter(wanted);
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    const [key, to] = [formatRange(one.cited), newPlace(one)];
    if (to === undefined || places.has(key)) continue;
    places.set(key, to);
    const there = stale.get(formatRange(to));
    if (there !== undefined) waiting.push(there);
  }
  const isTaken = (to: Place) => stale.has(formatRange(to)) && !places.has(formatRange(to));
  for (let size = -1; size !== places.size; ) {
    size = places.size;
    for (const [key, to] of places) if (isTaken(to)) places.delete(key);
  }
  return places;
}

const linesAt = (code: CodeNow, { path, startLine, endLine }: LineRange & { readonly path: string }) =>
  code.lines(path)?.slice(startLine - 1, endLine) ?? [];

export const applyChanges = (text: string, changes: readonly TextChange[]): string =>
  changes
    .toSorted((a, b) => b.start - a.start)
    .reduce((done, { start, end, replacement }) => done.slice(0, start) + replacement + done.slice(end), text);

/** What became of it, in words. */
export function describeFate(fate: Fate): string {
  switch (fate.kind) {
    case 'same':
      return 'as it was cited';
    case 'moved':
      return `moved to ${formatRange(fate.to)}`;
    case 'renamed':
      return `its file was renamed: now ${formatRange(fate.to)}`;
    case 'edited':
      return `edited: ${fate.keptLines} of ${fate.ofLines} cited lines left, now ${formatRange(fate.to)}`;
    case 'deleted':
      return `deleted: ${fate.why}`;
    case 'unverified':
      return `cannot be verified: ${fate.why}`;
  }
}
