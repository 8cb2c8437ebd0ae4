import { findDeclared, lastName } from './declarator.ts';
import {
  type Definition,
  definitionAround,
  type FileFacts,
  type Import,
  packToken,
  type TokenKind,
  tokenKinds,
} from './facts.ts';
import type { Language } from './languages/language.ts';
import { type Found, nestDefinitions } from './nest-definitions.ts';
import { sigilOf } from './sigil.ts';
import { type DefinitionKind, definitionKinds } from './symbol-source.ts';
import type { SyntaxMatch, SyntaxNode } from './syntax.ts';

/** What the matches of a language's query say about a file. */
export function readFacts(source: string, matches: readonly SyntaxMatch[], language: Language): FileFacts {
  const reader = new FactReader(source);
  for (const match of matches) reader.take(match);
  return reader.finish(language);
}

const kinds: ReadonlySet<string> = new Set(definitionKinds);
const isKind = (text: string): text is DefinitionKind => kinds.has(text);

class FactReader {
  readonly #source: string;
  readonly #found = new Map<number, Found>();
  readonly #scopes: Found[] = [];
  readonly #tokens = new Map<number, TokenKind>();
  /** Offset → end of the identifiers, for bare calls. */
  readonly #ends = new Map<number, number>();
  readonly #locals: SyntaxNode[] = [];
  readonly #uses = new Set<number>();
  /** By the offset of the module. */
  readonly #imports = new Map<number, Import>();
  #hasErrors = false;

  constructor(source: string) {
    this.#source = source;
  }

  take(match: SyntaxMatch): void {
    const of = (name: string) => match.captures.find((capture) => capture.name === name)?.node;
    for (const { name, node } of match.captures) {
      if (name === 'ref') this.#mark(node, 'use');
      else if (name === 'call') this.#mark(node, 'call');
      else if (name === 'call.last') this.#mark(lastName(node), 'call');
      else if (name === 'local') this.#locals.push(node);
      else if (name === 'use') this.#uses.add(node.startIndex);
      else if (name === 'raw') this.#scan(node);
      else if (name === 'error') this.#hasErrors = true;
      else if (name === 'import') this.#import(node, match);
      else if (name === 'scope') this.#define('scope', node, of('name'), of('container'), match.patternIndex);
      else if (name.startsWith('def.')) this.#definitions(name.slice(4), node, match);
    }
  }

  #definitions(kind: string, node: SyntaxNode, match: SyntaxMatch): void {
    if (!isKind(kind)) throw new Error(`a query names an unknown kind: ${kind}`);
    const container = match.captures.find((capture) => capture.name === 'container')?.node;
    for (const { name, node: named } of match.captures) {
      if (name === 'name') this.#define(kind, node, named, container, match.patternIndex);
      if (name === 'declarator') this.#declare(kind, node, named, match.patternIndex);
    }
  }

  #declare(kind: DefinitionKind, node: SyntaxNode, declarator: SyntaxNode, pattern: number): void {
    const declared = findDeclared(declarator, this.#source);
    if (declared === undefined) return;
    const { name, label, isFunction, scope } = declared;
    if (kind === 'prototype' && !isFunction) return;
    const made = kind === 'function' && scope !== '' ? 'method' : kind;
    const onlyDeclared = isFunction && kind !== 'type' && node.type !== 'function_definition';
    this.#add(onlyDeclared ? 'prototype' : made, node, name, scope, pattern, label);
  }

  #define(
    kind: Found['kind'],
    node: SyntaxNode,
    name: SyntaxNode | undefined,
    container: SyntaxNode | undefined,
    pattern: number,
  ): void {
    if (name === undefined) return;
    this.#add(kind, node, name, container === undefined ? '' : this.#text(container), pattern);
  }

  #add(
    kind: Found['kind'],
    node: SyntaxNode,
    nameNode: SyntaxNode,
    container: string,
    pattern: number,
    label?: string,
  ): void {
    const raw = label ?? this.#text(nameNode);
    const name = raw.slice(sigilOf(raw));
    if (name === '') return;
    const nameAt = nameNode.startIndex + (raw.length - name.length);
    const found = { name, kind, nameAt, start: node.startIndex, end: node.endIndex, container, pattern };
    if (kind === 'scope') {
      this.#scopes.push(found);
      return;
    }
    const before = this.#found.get(nameAt);
    if (before !== undefined && before.pattern <= pattern) return;
    this.#found.set(nameAt, found);
    this.#set(nameAt, 'definition');
  }

  #import(node: SyntaxNode, match: SyntaxMatch): void {
    const modules = match.captures.filter((capture) => capture.name === 'module');
    for (const { node: module } of modules) {
      const text = this.#text(module).replace(/^["'<]|["'>]$/g, '');
      const { startIndex: start, endIndex: end } = node;
      const before = this.#imports.get(module.startIndex);
      // The whole statement holds the names, what is called in it does not.
      if (before === undefined || end - start > before.end - before.start)
        this.#imports.set(module.startIndex, { start, end, module: text, moduleAt: module.startIndex });
    }
  }

  /** Identifiers of a text that has no tree of its own, such as a C macro's body. */
  #scan(node: SyntaxNode): void {
    const text = this.#text(node);
    for (const match of text.matchAll(
      /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\/\/.*|\/\*[\s\S]*?\*\/|\d\w*|[A-Za-z_]\w*/g,
    )) {
      if (!/^[A-Za-z_]/.test(match[0])) continue;
      const called = /^\s*\(/.test(text.slice(match.index + match[0].length));
      this.#set(node.startIndex + match.index, called ? 'call' : 'use');
    }
  }

  #mark(node: SyntaxNode, kind: TokenKind): void {
    const offset = node.startIndex + sigilOf(this.#source.slice(node.startIndex, node.startIndex + 3));
    if (node.type === 'identifier') this.#ends.set(offset, node.endIndex);
    this.#set(offset, kind);
  }

  #set(offset: number, kind: TokenKind): void {
    const before = this.#tokens.get(offset);
    if (before === undefined || tokenKinds.indexOf(kind) > tokenKinds.indexOf(before)) this.#tokens.set(offset, kind);
  }

  finish({ bareCalls = false }: Language): FileFacts {
    const definitions = nestDefinitions([...this.#found.values(), ...this.#scopes]);
    const imports = [...this.#imports.values()].sort((a, b) => a.start - b.start || a.moduleAt - b.moduleAt);
    if (bareCalls) this.#callBare(definitions);
    for (const offset of this.#uses) if (this.#tokens.get(offset) === 'call') this.#tokens.set(offset, 'use');
    this.#markImports(imports);
    const tokens = Uint32Array.from(
      [...this.#tokens].sort(([a], [b]) => a - b),
      ([offset, kind]) => packToken(offset, kind),
    );
    return { definitions, imports, tokens, hasErrors: this.#hasErrors };
  }

  #markImports(imports: readonly Import[]): void {
    if (imports.length === 0) return;
    const offsets = [...this.#tokens.keys()].sort((a, b) => a - b);
    let at = 0;
    let before: Import | undefined;
    for (const each of imports) {
      const { start, end } = each;
      // One statement may import much.
      if (before?.start === start && before.end === end) continue;
      before = each;
      while (at < offsets.length && (offsets[at] ?? 0) < start) at++;
      for (let i = at; i < offsets.length && (offsets[i] ?? 0) < end; i++) {
        const offset = offsets[i] ?? 0;
        if (this.#tokens.get(offset) === 'use') this.#set(offset, 'import');
      }
    }
  }

  #callBare(definitions: readonly Definition[]): void {
    const around = (offset: number): number => {
      let one = definitionAround({ definitions }, offset);
      while (one !== undefined && one.kind !== 'method') one = definitions[one.parent];
      return one?.start ?? -1;
    };
    const bound = new Set(this.#locals.map((node) => `${around(node.startIndex)}:${this.#text(node)}`));
    for (const [offset, end] of this.#ends) {
      if (this.#tokens.get(offset) !== 'use' || this.#uses.has(offset)) continue;
      if (!bound.has(`${around(offset)}:${this.#source.slice(offset, end)}`)) this.#set(offset, 'call');
    }
  }

  #text(node: SyntaxNode): string {
    return this.#source.slice(node.startIndex, node.endIndex);
  }
}
