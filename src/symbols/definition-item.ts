import type { Definition, FileFacts } from './facts.ts';
import type { TextLines } from './lines.ts';
import type { DefinitionItem } from './symbol-source.ts';

const maxSignature = 240;

export function definitionItem(path: string, definition: Definition, lines: TextLines): DefinitionItem {
  const { name, kind, nameAt, start, end, container } = definition;
  const signature = lines.textOf(lines.lineAt(nameAt)).trim().slice(0, maxSignature);
  const first = lines.lineAt(start);
  // A last line end that belongs to the node is not another line.
  const last = Math.max(first, lines.lineAt(Math.max(start, end - 1)));
  return { path, name, kind, start: first, end: last, container, signature, by: 'parser' };
}

export const definitionItems = (path: string, facts: FileFacts, lines: TextLines): readonly DefinitionItem[] =>
  facts.definitions.map((definition) => definitionItem(path, definition, lines));
