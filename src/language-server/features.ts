import {
  type CodeAction,
  CodeActionKind,
  type CodeLens,
  type Diagnostic,
  DiagnosticSeverity,
  type DocumentLink,
  type Hover,
  MarkupKind,
  type Position,
  type Range,
  type TextEdit,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { fenceAround } from '../citations/inert-markdown.ts';
import { describeFate, isStale, type LiveCitation, newPlace, reanchor } from '../citations/reanchor.ts';
import { formatRange } from '../citations/verify.ts';
import { plural } from '../runs/format.ts';
import { commandNames } from './command-names.ts';
import { countCitations, type LiveDocument } from './live-document.ts';
import type { ServerPorts } from './ports.ts';

const maxHoverLines = 60;

const rangeOf = (document: TextDocument, { start, end }: { readonly start: number; readonly end: number }): Range => ({
  start: document.positionAt(start),
  end: document.positionAt(end),
});

/** Each citation opens the lines where its text stands now. */
export function links(document: TextDocument, live: LiveDocument, ports: ServerPorts): DocumentLink[] {
  return live.citations.flatMap((citation): DocumentLink[] => {
    const { path, startLine, endLine } = newPlace(citation) ?? citation.cited;
    const uri = live.snapshot.file(path) && ports.uriOf(path, live.snapshot);
    if (uri === undefined) return [];
    const target = `${uri}#L${startLine}${endLine === startLine ? '' : `-L${endLine}`}`;
    return [
      {
        range: rangeOf(document, citation.cited),
        target,
        tooltip: `Open ${formatRange({ path, startLine, endLine })}`,
      },
    ];
  });
}

/** The cited lines as they are now, and what became of them. */
export function hover(document: TextDocument, live: LiveDocument, offset: number): Hover | null {
  const citation = live.citations.find(({ cited }) => cited.start <= offset && offset <= cited.end);
  if (citation === undefined) return null;
  const place = newPlace(citation) ?? citation.cited;
  const lines = live.code.lines(place.path)?.slice(place.startLine - 1, place.endLine) ?? [];
  const shown = lines.slice(0, maxHoverLines).join('\n');
  const more = lines.length > maxHoverLines ? `\n\n… ${plural(lines.length - maxHoverLines, 'more line')}` : '';
  const fence = fenceAround(shown);
  const language = live.snapshot.file(place.path)?.language ?? '';
  const code = lines.length === 0 ? '' : `\n\n${fence}${language}\n${shown}\n${fence}${more}`;
  const value = `**${escapeMarkdown(formatRange(place))}** — ${escapeMarkdown(describeFate(citation.fate))}${code}`;
  return { contents: { kind: MarkupKind.Markdown, value }, range: rangeOf(document, citation.cited) };
}

const escapeMarkdown = (text: string): string => text.replace(/[\\`*_{}[\]()#+!|<>&]/g, '\\$&');

export function diagnostics(document: TextDocument, live: LiveDocument): Diagnostic[] {
  return live.citations.filter(isStale).map((citation) => ({
    range: rangeOf(document, citation.cited),
    severity: severities[citation.fate.kind] ?? DiagnosticSeverity.Warning,
    source: 'ask-codebase',
    code: citation.fate.kind,
    message: `The cited code is not as it was: ${describeFate(citation.fate)}.`,
  }));
}

const severities: Readonly<Record<string, DiagnosticSeverity>> = {
  moved: DiagnosticSeverity.Information,
  renamed: DiagnosticSeverity.Information,
};

export function codeActions(
  document: TextDocument,
  live: LiveDocument,
  asked: Range,
  ports: ServerPorts,
): CodeAction[] {
  const [from, to] = [document.offsetAt(asked.start), document.offsetAt(asked.end)];
  const canMove = live.citations.filter((citation) => newPlace(citation) !== undefined);
  const here = canMove.filter(({ cited }) => cited.start <= to && from <= cited.end);
  const all = diagnostics(document, live);
  const single = here.flatMap((citation): CodeAction[] => {
    const place = newPlace(citation) ?? citation.cited;
    const same = formatRange(citation.cited);
    const edit = editOf(document, live, ({ cited }) => formatRange(cited) === same, ports);
    if (edit.changes[document.uri]?.length === 0) return [];
    const title = `${citation.fate.kind === 'edited' ? 'Accept the edited lines' : 'Re-anchor to'} ${formatRange(place)}`;
    const { start } = rangeOf(document, citation.cited);
    const mended = all.filter(({ range }) => samePosition(range.start, start));
    const isPreferred = citation.fate.kind !== 'edited';
    return [{ title, kind: CodeActionKind.QuickFix, isPreferred, diagnostics: mended, edit }];
  });
  const count = countCitations(canMove).all;
  if (here.length === 0 || count < 2) return single;
  const everything: CodeAction = {
    title: `Re-anchor all ${count} citations`,
    kind: CodeActionKind.QuickFix,
    edit: editOf(document, live, () => true, ports),
  };
  return [...single, everything];
}

const samePosition = (a: Position, b: Position): boolean => a.line === b.line && a.character === b.character;

export function editOf(
  document: TextDocument,
  live: LiveDocument,
  wanted: (citation: LiveCitation) => boolean,
  { hash }: ServerPorts,
): { readonly changes: Record<string, TextEdit[]> } {
  const changes = reanchor(document.getText(), live.citations, wanted, live.code, hash);
  const edits = changes.map((change) => ({ range: rangeOf(document, change), newText: change.replacement }));
  return { changes: { [document.uri]: edits } };
}

/** `3 of 9 citations changed · ask again`, and a way to re-anchor those that can be. */
export function lenses(document: TextDocument, live: LiveDocument, canAsk: boolean): CodeLens[] {
  const { all, stale } = countCitations(live.citations);
  if (all === 0 || live.facts === undefined) return [];
  const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
  const told = stale === 0 ? `${plural(all, 'citation')}, as cited` : `${stale} of ${plural(all, 'citation')} changed`;
  const again = canAsk ? `${told} · ask again` : told;
  const first = { range, command: { title: again, command: commandNames.askAgain, arguments: [document.uri] } };
  const movable = countCitations(live.citations.filter((citation) => newPlace(citation) !== undefined)).all;
  if (movable === 0) return [first];
  const title = movable === 1 ? 're-anchor it' : `re-anchor ${movable}`;
  return [first, { range, command: { title, command: commandNames.reanchorAll, arguments: [document.uri] } }];
}
