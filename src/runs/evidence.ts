import type { Look } from '../repl/repl.ts';
import type { Coverage } from '../workspace/snapshot.ts';
import { fullCount, plural } from './format.ts';

/** How completely a run looked, counted from its log: by the helpers and the host, never said by a model. */
export interface Evidence {
  /** The most files that one search or pattern went through. */
  readonly filesSearched: number;
  /** Files of which lines were read. */
  readonly filesRead: number;
  /** The most files whose text one agent's cells took from `files` by code of their own. Absent in older logs. */
  readonly filesOpened?: number;
  /** Different patterns, queries and names looked for. */
  readonly patterns: number;
  /** Hits there are for them, and hits handed to the agents. */
  readonly hitsFound: number;
  readonly hitsGiven: number;
  /** The first of the patterns, as they were run. */
  readonly run: readonly string[];
}

const maxRun = 20;

export function evidenceOf(looks: Iterable<Look>): Evidence {
  const read = new Set<string>();
  const patterns = new Map<string, Look>();
  let filesSearched = 0;
  let filesOpened = 0;
  for (const look of looks) {
    if (look.kind === 'open') {
      filesOpened = Math.max(filesOpened, look.files);
      continue;
    }
    if (look.kind === 'read') {
      read.add(look.what);
      continue;
    }
    filesSearched = Math.max(filesSearched, look.files);
    const key = `${look.kind} ${look.what}`;
    const known = patterns.get(key);
    if (known === undefined || look.given > known.given) patterns.set(key, look);
  }
  const sum = (key: 'found' | 'given') => [...patterns.values()].reduce((total, look) => total + look[key], 0);
  return {
    filesSearched: Math.max(filesSearched, read.size),
    filesRead: read.size,
    filesOpened,
    patterns: patterns.size,
    hitsFound: sum('found'),
    hitsGiven: sum('given'),
    run: [...patterns.keys()].slice(0, maxRun),
  };
}

/** The most files that one search, one pattern or one agent's own code went through. */
export const filesSearchedBy = ({ filesSearched, filesOpened = 0 }: Evidence) => Math.max(filesSearched, filesOpened);

/** `Searched 179 of 179 files with 4 patterns: looked at 46 of 1,203 hits and read lines of 12 files.` */
export function evidenceText({ filesLoaded }: Pick<Coverage, 'filesLoaded'>, evidence: Evidence): string {
  const { filesSearched, filesRead, filesOpened = 0, patterns, hitsFound, hitsGiven } = evidence;
  const opened = filesOpened === 0 ? '' : `, ${plural(filesOpened, 'file')} opened by cells`;
  if (patterns === 0 && filesRead === 0) return `Searched 0 of ${plural(filesLoaded, 'loaded file')}${opened}`;
  const searched = `Searched ${fullCount(filesSearched)} of ${plural(filesLoaded, 'loaded file')}`;
  const hits = `${fullCount(hitsGiven)} of ${plural(hitsFound, 'hit')} looked at`;
  return `${searched} with ${plural(patterns, 'pattern')}: ${hits}, lines of ${plural(filesRead, 'file')} read${opened}`;
}
