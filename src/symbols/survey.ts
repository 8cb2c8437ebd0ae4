import type { CodeFile, CodeFiles, ParsedFile, Parsing } from './code-files.ts';
import type { SymbolEvidence } from './symbol-source.ts';

/** Languages in which a name is a mention, not a use. */
const prose = new Set(
  `plaintext markdown restructuredtext asciidoc latex bibtex log diff csv tsv json jsonc json5 jsonl yaml toml ini properties xml
   html css scss less ignore git-config git-attributes go.mod go.work`.split(/\s+/),
);

export interface Survey {
  readonly evidence: SymbolEvidence;
  /** Prose and data files that hold the letters. */
  readonly mentions: readonly string[];
}

/** Visits every code file that holds the name, in order of their paths, and says what was looked at. */
export function surveyFiles(
  name: string,
  { files }: CodeFiles,
  parsing: Parsing,
  visit: (file: CodeFile, parsed: ParsedFile) => void,
): Survey {
  const asText: string[] = [];
  const syntaxErrors: string[] = [];
  const mentions: string[] = [];
  let [filesSearched, filesWithName, filesParsed] = [0, 0, 0];
  for (const file of files) {
    if (!parsing.goOn()) break;
    filesSearched += 1;
    if (!file.holds(name)) continue;
    filesWithName += 1;
    const parsed = parsing.parse(file);
    if (parsed.kind === 'facts') {
      filesParsed += 1;
      if (parsed.facts.hasErrors) syntaxErrors.push(file.path);
    } else if (parsed.kind === 'no-parser' && prose.has(file.language)) {
      mentions.push(file.path);
      continue;
    } else asText.push(file.path);
    visit(file, parsed);
  }
  const complete = filesSearched === files.length;
  return { evidence: { filesSearched, filesWithName, filesParsed, asText, syntaxErrors, complete }, mentions };
}

/** Sentences on what was not done by a parser. */
export function notesOf({ evidence, mentions }: Survey, total: number): readonly string[] {
  const { asText, syntaxErrors, complete, filesSearched } = evidence;
  const notes: string[] = [];
  if (!complete) notes.push(`time ran out after ${filesSearched} files: there may be more; ask over fewer files`);
  if (asText.length > 0) notes.push(`searched as text, not parsed: ${some(asText)}`);
  if (syntaxErrors.length > 0) notes.push(`parsed around syntax errors: ${some(syntaxErrors)}`);
  if (total === 0 && mentions.length > 0) notes.push(`mentioned in documents and data: ${some(mentions)}`);
  return notes;
}

const some = (paths: readonly string[]): string =>
  paths.slice(0, 5).join(', ') + (paths.length > 5 ? ` and ${paths.length - 5} more` : '');
