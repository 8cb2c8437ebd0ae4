import type { Snapshot } from '../workspace/snapshot.ts';

export const definitionKinds = [
  'function',
  'method',
  'constructor',
  'class',
  'interface',
  'struct',
  'enum',
  'trait',
  'module',
  'type',
  'constant',
  'variable',
  'field',
  'property',
  'enumerator',
  'macro',
  'prototype', // declared here, defined elsewhere (C, C++)
] as const;

export type DefinitionKind = (typeof definitionKinds)[number];

/** Who says so: a parser here, the editor's language server, or an expression over the text. */
type SaidBy = 'parser' | 'server' | 'text';

export interface DefinitionItem {
  readonly path: string;
  readonly name: string;
  readonly kind: DefinitionKind;
  /** Lines, 1-based, both included. */
  readonly start: number;
  readonly end: number;
  /** Names of what it is in, outermost first, joined by dots; empty at the top. */
  readonly container: string;
  /** The line that holds the name. */
  readonly signature: string;
  readonly by: SaidBy;
}

/** `text`: found by its letters in a language without a parser. */
export type ReferenceKind = 'call' | 'definition' | 'import' | 'use' | 'text';

export interface ReferenceItem {
  readonly path: string;
  /** Line and column (in UTF-16 units), 1-based. */
  readonly line: number;
  readonly column: number;
  readonly text: string;
  readonly kind: ReferenceKind;
  /** The innermost definition around it (`Class.method`), and its lines; empty and 0 at the top. */
  readonly inside: string;
  readonly insideStart: number;
  readonly insideEnd: number;
  readonly by: SaidBy;
}

export interface ImportItem {
  readonly line: number;
  readonly module: string;
  /** Identifiers that the import names. */
  readonly names: readonly string[];
  /** The file (or the folder, ending in `/`) of the workspace that it means; `null` when that cannot be told. */
  readonly target: string | null;
}

type FileQuestion = 'outline' | 'imports';
type NameQuestion = 'symbols' | 'references' | 'callers';

/** `text`: what Python has at that path, when that is not the snapshot's. `limit`: items sent at most. */
export type SymbolQuery =
  | { readonly ask: FileQuestion; readonly path: string; readonly text?: string }
  | { readonly ask: NameQuestion; readonly name: string; readonly limit: number };

/** What the host looked at, so that "none" and "all" can be believed. */
export interface SymbolEvidence {
  readonly filesSearched: number;
  /** Files that hold the name at all. */
  readonly filesWithName: number;
  readonly filesParsed: number;
  /** Files with the name in a language without a parser, or too hard to parse in time. */
  readonly asText: readonly string[];
  /** Parsed files in which something could not be parsed. */
  readonly syntaxErrors: readonly string[];
  /** False when time ran out: there may be more than `total`. */
  readonly complete: boolean;
}

type SymbolItem = DefinitionItem | ReferenceItem | ImportItem;

export interface SymbolReply {
  readonly items: readonly SymbolItem[];
  /** How many there are; `items` holds no more than the query's limit. */
  readonly total: number;
  readonly evidence: SymbolEvidence;
  /** Sentences for the reader: what was done in another way than usual. */
  readonly notes: readonly string[];
}

/** What an agent may see, and nothing else. `texts`: path → text beside the snapshot's files. */
export interface SymbolScope {
  readonly snapshot: Snapshot;
  readonly texts: Readonly<Record<string, string>>;
}

/** Answers questions about the code's names. */
export interface SymbolSource {
  /** @throws HostRefusal with a sentence for the model; whatever the signal holds when it aborts. */
  ask(query: SymbolQuery, scope: SymbolScope, signal: AbortSignal): Promise<SymbolReply>;
  close(): Promise<void>;
}
