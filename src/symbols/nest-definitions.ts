import type { Definition } from './facts.ts';
import type { DefinitionKind } from './symbol-source.ts';

/** A definition, or a mere `scope`, before it knows what is around it. */
export interface Found {
  readonly name: string;
  readonly kind: DefinitionKind | 'scope';
  readonly nameAt: number;
  readonly start: number;
  readonly end: number;
  readonly container: string;
  readonly pattern: number;
}

/** What lives only while a function runs is no definition that anybody looks for. */
const localKinds: ReadonlySet<string> = new Set(['variable', 'prototype', 'field']);
const functionKinds: ReadonlySet<string> = new Set(['function', 'method', 'constructor']);

/** Says of every definition what is around it; drops what is local to a function. @returns by start, outer ones first. */
export function nestDefinitions(found: readonly Found[]): readonly Definition[] {
  const sorted = found.toSorted((a, b) => a.start - b.start || b.end - a.end || a.nameAt - b.nameAt);
  const definitions: Definition[] = [];
  const open: { readonly found: Found; readonly names: string; readonly index: number }[] = [];
  for (const each of sorted) {
    while (open.length > 0 && (open.at(-1)?.found.end ?? 0) <= each.start) open.pop();
    const outer = open.findLast(({ found: around }) => isOwner(around, each));
    const around = outer?.names ?? '';
    if (each.kind !== 'scope') {
      if (outer !== undefined && functionKinds.has(outer.found.kind) && localKinds.has(each.kind)) continue;
      const { name, kind, nameAt, start, end } = each;
      const container = [around, each.container].filter((part) => part !== '').join('.');
      definitions.push({ name, kind, nameAt, start, end, container, parent: indexOf(outer) });
    }
    const names = [around, each.container, each.name].filter((part) => part !== '').join('.');
    const index = each.kind === 'scope' ? indexOf(outer) : definitions.length - 1;
    open.push({ found: each, names, index });
  }
  return definitions;
}

/** Whether what lies within the other belongs to it as well. */
function isOwner(outer: Found, inner: Found): boolean {
  if (outer.start === inner.start && outer.end === inner.end) return false;
  // `typedef struct S { … } T` defines S beside T.
  if (outer.kind === 'type') return inner.kind !== 'struct' && inner.kind !== 'enum';
  if (outer.kind === 'variable') return inner.kind !== 'variable';
  // Properties that a constructor's parameters declare are the class's.
  return inner.kind !== 'property' || !functionKinds.has(outer.kind);
}

const indexOf = (outer: { readonly index: number } | undefined): number => outer?.index ?? -1;
