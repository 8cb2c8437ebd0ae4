import { answerDefinitions } from './answer-definitions.ts';
import { answerImports } from './answer-imports.ts';
import { answerOutline } from './answer-outline.ts';
import { answerReferences } from './answer-references.ts';
import { readName } from './asked-name.ts';
import { type CodeFile, type CodeFiles, type Parsing, textFile } from './code-files.ts';
import type { SymbolQuery, SymbolReply } from './symbol-source.ts';

/** Answers from the parsers alone. @throws Error with a sentence when the path is not among the files, or the name is none. */
export function answerFromSyntax(query: SymbolQuery, files: CodeFiles, parsing: Parsing): SymbolReply {
  if ('name' in query && readName(query.name).name === '')
    throw new Error(
      `${JSON.stringify(query.name)} holds no name; a name is one identifier, such as parse or Parser.parse`,
    );
  switch (query.ask) {
    case 'outline':
      return answerOutline(fileOf(query, files), parsing);
    case 'imports':
      return answerImports(fileOf(query, files), files, parsing);
    case 'symbols':
      return answerDefinitions(query.name, query.limit, files, parsing);
    case 'references':
      return answerReferences(query.name, query.limit, files, parsing, () => true);
    case 'callers':
      return answerReferences(query.name, query.limit, files, parsing, isCall);
  }
}

const isCall = (kind: string): boolean => kind === 'call';

function fileOf({ path, text }: { readonly path: string; readonly text?: string }, files: CodeFiles): CodeFile {
  const file = files.file(path);
  if (text !== undefined) return textFile(path, text);
  if (file === undefined) throw new Error(`no file ${JSON.stringify(path)} among the files`);
  return file;
}
