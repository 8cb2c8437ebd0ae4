import { readName } from './asked-name.ts';
import type { CodeFile, CodeFiles, Parsing } from './code-files.ts';
import { definitionAround, type FileFacts, qualifiedName } from './facts.ts';
import { TextLines } from './lines.ts';
import { identifiersOf, wordsOf } from './occurrences.ts';
import { notesOf, surveyFiles } from './survey.ts';
import type { ReferenceItem, ReferenceKind, SymbolReply } from './symbol-source.ts';

const maxLine = 300;

export function answerReferences(
  asked: string,
  limit: number,
  files: CodeFiles,
  parsing: Parsing,
  keep: (kind: ReferenceKind) => boolean,
): SymbolReply {
  const { name, written, around } = readName(asked);
  const items: ReferenceItem[] = [];
  let total = 0;
  const survey = surveyFiles(name, files, parsing, (file, parsed) => {
    const found = parsed.kind === 'facts' ? inTree(file, parsed.facts, name, keep) : inText(file, written, keep);
    total += found.length;
    items.push(...found.slice(0, Math.max(0, limit - items.length)));
  });
  const notes = [...notesOf(survey, total)];
  if (around !== '')
    notes.unshift(`every ${name}, not only that of ${around}: syntax alone does not tell what ${name} belongs to`);
  return { items, total, evidence: survey.evidence, notes };
}

type Keep = (kind: ReferenceKind) => boolean;

function inTree(file: CodeFile, facts: FileFacts, name: string, keep: Keep): readonly ReferenceItem[] {
  const text = file.text();
  const kept = identifiersOf(text, name, facts.tokens, file.language).filter(({ kind }) => keep(kind));
  if (kept.length === 0) return [];
  const lines = new TextLines(text);
  return kept.map(({ offset, kind }) => {
    const around = definitionAround(facts, offset);
    // A definition is not inside of itself.
    const holder = around !== undefined && around.nameAt === offset ? facts.definitions[around.parent] : around;
    const inside = holder === undefined ? '' : qualifiedName(holder);
    const insideStart = holder === undefined ? 0 : lines.lineAt(holder.start);
    const insideEnd = holder === undefined ? 0 : lines.lineAt(Math.max(holder.start, holder.end - 1));
    return { ...place(file, lines, offset), kind, inside, insideStart, insideEnd, by: 'parser' };
  });
}

/** Without a parser there are only words; one before a parenthesis may be a call, and is shown when calls are asked for. */
function inText(file: CodeFile, name: string, keep: Keep): readonly ReferenceItem[] {
  const text = file.text();
  const words = wordsOf(text, name, file.language);
  const asked = keep('text')
    ? words
    : words.filter((at) => /^\s*\(/.test(text.slice(at + name.length, at + name.length + 20)));
  if (asked.length === 0) return [];
  const lines = new TextLines(text);
  return asked.map((offset) => {
    return { ...place(file, lines, offset), kind: 'text', inside: '', insideStart: 0, insideEnd: 0, by: 'text' };
  });
}

function place({ path }: CodeFile, lines: TextLines, offset: number) {
  const line = lines.lineAt(offset);
  return { path, line, column: offset - lines.startOf(line) + 1, text: lines.textOf(line).trim().slice(0, maxLine) };
}
