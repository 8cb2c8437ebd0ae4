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
  const items = statementsOf(parsed.facts.imports).flatMap((statement) => {
    const names = namesIn(statement, parsed.facts, text);
    return statement.map(({ start, module }): ImportItem => {
      return { line: lines.lineAt(start), module, names, target: resolveImport(file, module, paths) };
    });
  });
  const evidence = { filesSearched: 1, filesWithName: 1, filesParsed: 1, asText: [], complete: true };
  const syntaxErrors = parsed.facts.hasErrors ? [file.path] : [];
  return { items, total: items.length, evidence: { ...evidence, syntaxErrors }, notes: [] };
}

/** Imports by the statement that makes them: `import a, b`. They are in the order of their statements. */
function statementsOf(imports: readonly Import[]): readonly (readonly [Import, ...Import[]])[] {
  const statements: [Import, ...Import[]][] = [];
  for (const one of imports) {
    const last = statements.at(-1);
    if (last !== undefined && last[0].start === one.start && last[0].end === one.end) last.push(one);
    else statements.push([one]);
  }
  return statements;
}

/** The identifiers of a statement that are no part of what it imports from. */
function namesIn(statement: readonly [Import, ...Import[]], facts: FileFacts, text: string): readonly string[] {
  const [{ start, end }] = statement;
  const paths = statement.map(({ module, moduleAt }) => {
    const { length } = module.replace(/[{][\s\S]*/, '');
    return { from: moduleAt, to: moduleAt + length };
  });
  let path = 0;
  const names = importedIn(facts.tokens, start, end).flatMap((at) => {
    while ((paths[path]?.to ?? at + 1) <= at) path++;
    return (paths[path]?.from ?? end) <= at ? [] : (nameStart.exec(text.slice(at, end))?.[0] ?? []);
  });
  return [...new Set(names)];
}

const nameStart = /^[\p{L}\p{N}_$]+/u;
