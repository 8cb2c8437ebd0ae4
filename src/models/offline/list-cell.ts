import callsCell from './cells/list-calls.py';
import definitionsCell from './cells/list-definitions.py';
import filesCell from './cells/list-files.py';
import importersCell from './cells/list-importers.py';
import kindsCell from './cells/list-kinds.py';
import linesCell from './cells/list-lines.py';
import referencesCell from './cells/list-references.py';
import subtypesCell from './cells/list-subtypes.py';
import type { Intent } from './intent.ts';
import type { ProjectIntent } from './project-intent.ts';

type ListIntent = Exclude<Intent, ProjectIntent | { kind: 'explain' }>;

const cells: Readonly<Record<ListIntent['kind'], string>> = {
  calls: callsCell,
  references: referencesCell,
  definitions: definitionsCell,
  importers: importersCell,
  subtypes: subtypesCell,
  kinds: kindsCell,
  files: filesCell,
  lines: linesCell,
};

/** The cell that computes an exact list: what is asked for goes in as Python strings, never as code. */
export function listCell(intent: ListIntent): string {
  return `${wanted(intent).join('\n')}\n${cells[intent.kind]}`;
}

function wanted(intent: ListIntent): readonly string[] {
  switch (intent.kind) {
    case 'kinds':
      return [`KIND = ${literal(intent.what)}`, `PATH = ${literal(intent.path)}`];
    case 'files':
      return [`KIND = ${literal(intent.pattern)}`];
    case 'lines':
      return [`NAME = ${literal(intent.text)}`];
    default:
      return [`NAME = ${literal(lastName(intent.name))}`];
  }
}

/** A JSON string is a Python string, but for half surrogate pairs, which a question cannot hold. */
const literal = (text: string): string => JSON.stringify(text);

const lastName = (name: string): string => name.replace(/::|#/g, '.');
