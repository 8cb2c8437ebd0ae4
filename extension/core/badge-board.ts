import type { LineRange } from '../../src/citations/quote.ts';
import type { RunEnd } from '../../src/engine-api.ts';
import type { CitationBadge } from '../../src/protocol/messages.ts';
import type { StoredEntry } from './conversation-index.ts';
import { type Place, placeOf } from './places.ts';
import { badgeOf } from './staleness.ts';

export interface CitedFiles {
  /** The URI of a file, as the editor writes it: files are told apart by it. */
  readonly uriOf: (place: Place) => string;
  /** The lines of a file as it is now, unsaved changes included; `undefined` when it cannot be read. */
  readonly lines: (uri: string) => Promise<readonly string[] | undefined>;
}

export interface EndedRun {
  readonly entry: StoredEntry;
  readonly end: RunEnd;
}

/** The badges of the open conversation's citations. */
export class BadgeBoard {
  readonly #files: CitedFiles;
  readonly #badges = new Map<string, readonly CitationBadge[]>();
  /** Run → which look its badges are from. */
  readonly #lookOf = new Map<string, number>();
  #looks = 0;

  constructor(files: CitedFiles) {
    this.#files = files;
  }

  of(runId: string): readonly CitationBadge[] | undefined {
    return this.#badges.get(runId);
  }

  /** The URIs of the files that the runs cite. */
  cited(runs: readonly EndedRun[]): ReadonlySet<string> {
    return new Set(runs.flatMap((run) => run.end.citations.map(({ path }) => this.#uri(run, path) ?? '')));
  }

  /** Looks at the files again. @returns whether a badge has changed. */
  async refresh(runs: readonly EndedRun[]): Promise<boolean> {
    const texts = new Map<string, Promise<readonly string[] | undefined>>();
    const lines = (uri: string) => {
      const found = texts.get(uri) ?? this.#files.lines(uri);
      texts.set(uri, found);
      return found;
    };
    const look = ++this.#looks;
    let changed = false;
    for (const run of runs) if (this.#keep(run, look, await this.#judge(run, lines))) changed = true;
    return changed;
  }

  /** What a later look saw stays, also when this one took longer. @returns whether a badge has changed. */
  #keep({ entry: { runId } }: EndedRun, look: number, badges: readonly CitationBadge[]): boolean {
    if ((this.#lookOf.get(runId) ?? 0) > look) return false;
    this.#lookOf.set(runId, look);
    const before = this.#badges.get(runId);
    if (before !== undefined && JSON.stringify(before) === JSON.stringify(badges)) return false;
    this.#badges.set(runId, badges);
    return true;
  }

  #judge(run: EndedRun, lines: CitedFiles['lines']): Promise<readonly CitationBadge[]> {
    return Promise.all(
      run.end.citations.map(async (citation, index): Promise<CitationBadge> => {
        const uri = this.#uri(run, citation.path);
        if (uri === undefined) return { index, status: citation.status, now: null };
        const found = citation.status === 'unverified' ? undefined : await lines(uri);
        return badgeOf(index, citation, found, anchorOf(run.entry, index));
      }),
    );
  }

  #uri({ entry }: EndedRun, path: string): string | undefined {
    const place = placeOf(entry.roots, path);
    return place && this.#files.uriOf(place);
  }
}

/** Read from a file: it may hold anything. */
function anchorOf({ anchors }: StoredEntry, index: number): LineRange | undefined {
  const range: Partial<LineRange> | undefined = anchors[String(index)];
  const { startLine, endLine } = range ?? {};
  return typeof startLine === 'number' && typeof endLine === 'number' ? { startLine, endLine } : undefined;
}
