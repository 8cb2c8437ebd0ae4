import { unparsed } from './answer-outline.ts';
import type { CodeFile, CodeFiles, Parsing } from './code-files.ts';
import { type FileFacts, type Import, importedIn } from './facts.ts';
import { TextLines } from './lines.ts';
import { PathIndex } from './path-index.ts';
import { resolveImport } from './resolve-import.ts';
import type { ImportItem, SymbolReply } from './symbol-source.ts';

export function answerImports(file: CodeFile, files: CodeFiles, parsing: Parsing): SymbolReply {
  const parsed = parsing.parse(file);
  if (parsed.kind !== 'facts') return unparsed(file, parsed.kind);
  const text = file.text();
  const lines = new TextLines(text);
  const paths = new PathIndex(files.files.map((each) => each.path));
  const items = parsed.facts.imports.map((found): ImportItem => {
    const target = resolveImport(file, found.module, paths);
    return { line: lines.lineAt(found.start), module: found.module, names: namesIn(found, parsed.facts, text), target };
  });
  const evidence = { filesSearched: 1, filesWithName: 1, filesParsed: 1, asText: [], complete: true };
  const syntaxErrors = parsed.facts.hasErrors ? [file.path] : [];
  return { items, total: items.length, evidence: { ...evidence, syntaxErrors }, notes: [] };
}

/** The identifiers of an import that are no part of what it imports from. */
function namesIn({ start, end }: Import, facts: FileFacts, text: string): readonly string[] {
  const modules = facts.imports.filter((other) => other.start === start && other.end === end);
  const paths = new Set(modules.flatMap(({ module }) => module.replace(/[{][\s\S]*/, '').split(notInName)));
  const names = importedIn(facts.tokens, start, end).map((at) => nameStart.exec(text.slice(at, end))?.[0] ?? '');
  return [...new Set(names)].filter((name) => name !== '' && !paths.has(name));
}

const notInName = /[^\p{L}\p{N}_$]+/u;
const nameStart = /^[\p{L}\p{N}_$]+/u;
