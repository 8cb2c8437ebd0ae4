import type { CodeFile, Parsing } from './code-files.ts';
import { definitionItems } from './definition-item.ts';
import { TextLines } from './lines.ts';
import type { SymbolReply } from './symbol-source.ts';

/** `notes` says so when there is no parser for the file; Python then reads it as text. */
export function answerOutline(file: CodeFile, parsing: Parsing): SymbolReply {
  const parsed = parsing.parse(file);
  if (parsed.kind !== 'facts') return unparsed(file, parsed.kind);
  const items = definitionItems(file.path, parsed.facts, new TextLines(file.text()));
  const syntaxErrors = parsed.facts.hasErrors ? [file.path] : [];
  const evidence = { filesSearched: 1, filesWithName: 1, filesParsed: 1, asText: [], syntaxErrors, complete: true };
  const notes = syntaxErrors.length > 0 ? ['parsed around syntax errors; definitions near them may be missing'] : [];
  return { items, total: items.length, evidence, notes };
}

/** What is said of a file that no parser read. */
export function unparsed({ path, language }: CodeFile, why: 'no-parser' | 'too-hard'): SymbolReply {
  const note = why === 'no-parser' ? `no parser for ${language}` : 'the parser gave up on this file';
  const evidence = {
    ...{ filesSearched: 1, filesWithName: 1, filesParsed: 0, asText: [path], syntaxErrors: [], complete: true },
  };
  return { items: [], total: 0, evidence, notes: [note] };
}
