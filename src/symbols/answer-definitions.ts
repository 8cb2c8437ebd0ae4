import { isAround, readName } from './asked-name.ts';
import type { CodeFile, CodeFiles, Parsing } from './code-files.ts';
import { definitionItem } from './definition-item.ts';
import type { FileFacts } from './facts.ts';
import { TextLines } from './lines.ts';
import { wordsOf } from './occurrences.ts';
import { notesOf, surveyFiles } from './survey.ts';
import type { DefinitionItem, DefinitionKind, SymbolReply } from './symbol-source.ts';

export function answerDefinitions(asked: string, limit: number, files: CodeFiles, parsing: Parsing): SymbolReply {
  const { name, written, around } = readName(asked);
  const found: DefinitionItem[] = [];
  const survey = surveyFiles(name, files, parsing, (file, parsed) => {
    const all = parsed.kind === 'facts' ? parsedDefinitions(file, parsed.facts, name) : textDefinitions(file, written);
    found.push(...all.filter((item) => isAround(item.container, around)));
  });
  // Where something is made comes before where it is only announced.
  const items = found.toSorted((a, b) => Number(a.kind === 'prototype') - Number(b.kind === 'prototype'));
  const { evidence } = survey;
  return { items: items.slice(0, limit), total: items.length, evidence, notes: notesOf(survey, items.length) };
}

function parsedDefinitions(file: CodeFile, facts: FileFacts, name: string): readonly DefinitionItem[] {
  const named = facts.definitions.filter((definition) => definition.name === name);
  if (named.length === 0) return [];
  const lines = new TextLines(file.text());
  return named.map((definition) => definitionItem(file.path, definition, lines));
}

const keyword =
  /\b(def|fn|func|fun|function|sub|proc|method|class|object|struct|record|interface|protocol|trait|module|package|namespace|enum|type|macro|defmodule|defp|val|let|var|const)\s+(?:\([^)]*\)\s*)?(?:self\.)?$/;
/** Further before a name than any such word stands. */
const maxBefore = 300;
const kinds: Readonly<Record<string, DefinitionKind>> = {
  ...{
    class: 'class',
    object: 'class',
    struct: 'struct',
    record: 'class',
    interface: 'interface',
    protocol: 'interface',
  },
  ...{ trait: 'trait', module: 'module', package: 'module', namespace: 'module', defmodule: 'module', enum: 'enum' },
  ...{ type: 'type', macro: 'macro', val: 'constant', let: 'variable', var: 'variable', const: 'constant' },
};

/** In a language without a parser: the name after a word that defines. */
function textDefinitions(file: CodeFile, name: string): readonly DefinitionItem[] {
  const text = file.text();
  const lines = new TextLines(text);
  return wordsOf(text, name, file.language).flatMap((at): readonly DefinitionItem[] => {
    const line = lines.lineAt(at);
    const word = keyword.exec(text.slice(Math.max(lines.startOf(line), at - maxBefore), at))?.[1];
    if (word === undefined) return [];
    const signature = lines.textOf(line).trim().slice(0, 240);
    const kind = kinds[word] ?? 'function';
    return [{ path: file.path, name, kind, start: line, end: line, container: '', signature, by: 'text' }];
  });
}
