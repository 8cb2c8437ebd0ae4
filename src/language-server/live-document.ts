import type { TextDocument } from 'vscode-languageserver-textdocument';
import { codeOf } from '../citations/code-of.ts';
import { findFacts } from '../citations/read-saved.ts';
import { checkMarkdown, isStale, type LiveCitation } from '../citations/reanchor.ts';
import type { CodeNow } from '../citations/recheck.ts';
import type { SavedFacts } from '../citations/saved-answer.ts';
import { formatRange } from '../citations/verify.ts';
import type { Snapshot } from '../workspace/snapshot.ts';
import type { ServerPorts } from './ports.ts';

/** A Markdown file with its citations checked against the code at one time. */
export interface LiveDocument {
  readonly version: number;
  readonly snapshot: Snapshot;
  readonly code: CodeNow;
  /** Those that mean code: in any Markdown file there are brackets with numbers. */
  readonly citations: readonly LiveCitation[];
  readonly facts: SavedFacts | undefined;
}

export function checkDocument(document: TextDocument, snapshot: Snapshot, { hash }: ServerPorts): LiveDocument {
  const text = document.getText();
  const code = codeOf(snapshot);
  const facts = findFacts(text)?.facts;
  const citations = checkMarkdown(text, code, hash).filter(
    ({ cited, anchor }) =>
      anchor !== undefined || snapshot.file(cited.path) !== undefined || (facts && isPath(cited.path)),
  );
  return { version: document.version, snapshot, code, citations, facts };
}

const isPath = (path: string): boolean => /[./]/.test(path);

/** How many different places are cited, and how many of them changed. */
export function countCitations(citations: readonly LiveCitation[]): { readonly all: number; readonly stale: number } {
  const places = (some: readonly LiveCitation[]) => new Set(some.map(({ cited }) => formatRange(cited))).size;
  return { all: places(citations), stale: places(citations.filter(isStale)) };
}
