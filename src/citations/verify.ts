import type { Snapshot } from '../workspace/snapshot.ts';
import type { Citation, CitationStatus } from './citation.ts';
import { type CitedRange, parseCitations } from './parse.ts';
import { findQuote, type LineRange } from './quote.ts';

/** An answer whose citations were checked. `answer` has the ranges of `moved` citations corrected. */
export interface CheckedAnswer {
  readonly answer: string;
  /** In order of first appearance; a range cited twice is listed once. */
  readonly citations: readonly Citation[];
}

/** Checks every citation of `answer` against the snapshot. Pure: the same answer and snapshot give the same badges. */
export function verifyCitations(answer: string, snapshot: Snapshot): CheckedAnswer {
  const unique = new Map<string, Citation>();
  let corrected = '';
  let copied = 0;
  for (const cited of parseCitations(answer)) {
    const citation = check(cited, snapshot);
    if (citation.status === 'moved') {
      corrected += answer.slice(copied, cited.start) + formatRange(citation);
      copied = cited.end;
    }
    const key = `${citation.path}:${citation.startLine}-${citation.endLine}`;
    const known = unique.get(key);
    // The same lines can be cited once without and once with a wrong quote: the worse judgement is the one to show.
    if (known === undefined || badness[citation.status] > badness[known.status]) unique.set(key, citation);
  }
  return { answer: corrected + answer.slice(copied), citations: [...unique.values()] };
}

const badness: Readonly<Record<CitationStatus, number>> = { verified: 0, moved: 1, unverified: 2 };

export function formatRange({ path, startLine, endLine }: Pick<Citation, 'path' | 'startLine' | 'endLine'>): string {
  return `${path}:${startLine}${endLine === startLine ? '' : `-${endLine}`}`;
}

function check(cited: CitedRange, snapshot: Snapshot): Citation {
  const file = snapshot.file(cited.path);
  if (file === undefined) return unverified(cited, missingFile(cited.path, snapshot));
  const asCited = snapshot.lines(cited.path, cited.startLine, cited.endLine);
  if (cited.quote !== undefined) return checkQuote(cited, cited.quote, asCited, snapshot);
  if (asCited === undefined)
    return unverified(cited, `the file has ${file.lineCount} lines, so ${spell(cited)} cannot all be there`);
  if (asCited.every((line) => line.trim() === '')) return unverified(cited, `${spell(cited)} of the file are blank`);
  return found(cited, 'verified', asCited, '');
}

function checkQuote(
  cited: CitedRange,
  quote: string,
  asCited: readonly string[] | undefined,
  snapshot: Snapshot,
): Citation {
  if (asCited !== undefined && findQuote(asCited, quote, cited) !== undefined)
    return found(cited, 'verified', asCited, '');
  const all = snapshot.lines(cited.path, 1, snapshot.file(cited.path)?.lineCount ?? 0) ?? [];
  const place = findQuote(all, quote, cited);
  if (place === undefined) return unverified(cited, 'the quoted text stands nowhere in the file');
  const lines = all.slice(place.startLine - 1, place.endLine);
  return found(
    { ...cited, ...place },
    'moved',
    lines,
    `the quoted text stands at ${spell(place)}, not at ${spell(cited)}`,
  );
}

function found(range: CitedRange, status: 'verified' | 'moved', lines: readonly string[], problem: string): Citation {
  return {
    path: range.path,
    startLine: range.startLine,
    endLine: range.endLine,
    status,
    quote: lines.join('\n'),
    problem,
  };
}

function unverified(range: CitedRange, problem: string): Citation {
  return {
    path: range.path,
    startLine: range.startLine,
    endLine: range.endLine,
    status: 'unverified',
    quote: '',
    problem,
  };
}

function missingFile(path: string, snapshot: Snapshot): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const similar = snapshot.files.filter((file) => file.path === name || file.path.endsWith(`/${name}`)).slice(0, 3);
  const hint = similar.length > 0 ? `; files of that name: ${similar.map((file) => file.path).join(', ')}` : '';
  return `the snapshot has no file of this path${hint}`;
}

const spell = ({ startLine, endLine }: LineRange) =>
  startLine === endLine ? `line ${startLine}` : `lines ${startLine}-${endLine}`;
