import {
  type CallHierarchyIncomingCall,
  type CallHierarchyItem,
  commands,
  type DocumentSymbol,
  type Location,
  Position,
  type Range,
  SymbolKind,
  type Uri,
  workspace,
} from 'vscode';
import type { CodePosition, LanguageServers } from '../../src/symbols/language-servers.ts';
import type { DefinitionItem, DefinitionKind } from '../../src/symbols/symbol-source.ts';
import type { Snapshot } from '../../src/workspace/snapshot.ts';
import { placeOf, type RootPlace, snapshotPath } from '../core/places.ts';
import { folderAndPath, uriOfPlace } from './editor-workspace.ts';

/** Longest wait for one answer, and for the first one of a language, whose server may have to start. */
const answerMs = 3000;
const startMs = 8000;
const againMs = 400;

/** The language servers of the extensions that are installed, through VS Code's own commands. */
export class EditorLanguageServers implements LanguageServers {
  readonly #rootsOf: (snapshotId: string) => readonly RootPlace[];
  /** Languages whose server was given the time to start. */
  readonly #awaited = new Set<string>();

  /** @param rootsOf the folders of a snapshot. */
  constructor(rootsOf: (snapshotId: string) => readonly RootPlace[]) {
    this.#rootsOf = rootsOf;
  }

  async outline(path: string, snapshot: Snapshot, signal: AbortSignal): Promise<readonly DefinitionItem[] | undefined> {
    const found = await this.#ask<DocumentSymbol[]>(path, snapshot, signal, (uri) => [
      ...(['vscode.executeDocumentSymbolProvider', uri] as const),
    ]);
    // Older providers give a flat list without ranges of names.
    if (found === undefined || !found.every((symbol) => 'selectionRange' in symbol)) return undefined;
    const items = found.flatMap((symbol) => definitionsIn(symbol, path, snapshot, ''));
    // A server that speaks of other lines has another text than the snapshot.
    return items.includes(undefined) ? undefined : items.filter((item) => item !== undefined);
  }

  async references(at: CodePosition, snapshot: Snapshot, signal: AbortSignal) {
    const found = await this.#ask<Location[]>(at.path, snapshot, signal, (uri) => [
      ...(['vscode.executeReferenceProvider', uri, positionOf(at)] as const),
    ]);
    return (
      found &&
      this.#places(
        found.map(({ uri, range }) => ({ uri, range })),
        snapshot,
      )
    );
  }

  async calls(at: CodePosition, snapshot: Snapshot, signal: AbortSignal) {
    const items = await this.#ask<CallHierarchyItem[]>(at.path, snapshot, signal, (uri) => [
      ...(['vscode.prepareCallHierarchy', uri, positionOf(at)] as const),
    ]);
    const [item] = items ?? [];
    if (item === undefined) return undefined;
    const incoming = await inTime(
      Promise.resolve(commands.executeCommand<CallHierarchyIncomingCall[]>('vscode.provideIncomingCalls', item)),
      answerMs,
      signal,
    );
    return (
      incoming &&
      this.#places(
        incoming.flatMap(({ from, fromRanges }) => fromRanges.map((range) => ({ uri: from.uri, range }))),
        snapshot,
      )
    );
  }

  /** @returns `undefined` when no server answers in time, or with nothing. */
  async #ask<T extends readonly unknown[]>(
    path: string,
    snapshot: Snapshot,
    signal: AbortSignal,
    command: (uri: Uri) => readonly [string, ...unknown[]],
  ): Promise<T | undefined> {
    const file = snapshot.file(path);
    const place = placeOf(this.#rootsOf(snapshot.id), path);
    if (file === undefined || place === undefined) return undefined;
    const uri = uriOfPlace(place);
    const isFirst = !this.#awaited.has(file.language);
    this.#awaited.add(file.language);
    const until = Date.now() + (isFirst ? startMs : answerMs);
    try {
      // Opening it wakes the extension for its language.
      await workspace.openTextDocument(uri);
      for (;;) {
        const [name, ...args] = command(uri);
        const found = await inTime(
          Promise.resolve(commands.executeCommand<T>(name, ...args)),
          until - Date.now(),
          signal,
        );
        if (found !== undefined && found.length > 0) return found;
        if (!isFirst || Date.now() + againMs > until) break;
        await new Promise((resolve) => setTimeout(resolve, againMs));
        signal.throwIfAborted();
      }
    } catch {
      signal.throwIfAborted();
    }
    return undefined;
  }

  #places(found: readonly { readonly uri: Uri; readonly range: Range }[], snapshot: Snapshot): readonly CodePosition[] {
    const roots = this.#rootsOf(snapshot.id);
    return found.flatMap(({ uri, range }): readonly CodePosition[] => {
      const within = folderAndPath(uri);
      const root = within && roots.find((one) => one.uri === within.folder.uri.toString());
      if (within === undefined || root === undefined) return [];
      const path = snapshotPath(roots, { root, path: within.path });
      const place = { path, line: range.start.line + 1, column: range.start.character + 1 };
      return snapshot.lines(path, place.line, place.line) === undefined ? [] : [place];
    });
  }
}

const positionOf = ({ line, column }: CodePosition): Position => new Position(line - 1, column - 1);

/** @returns `undefined` when it takes longer. */
async function inTime<T>(work: Promise<T>, ms: number, signal: AbortSignal): Promise<T | undefined> {
  signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => resolve(undefined), Math.max(0, ms));
  const stop = () => reject(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}

function definitionsIn(
  symbol: DocumentSymbol,
  path: string,
  snapshot: Snapshot,
  container: string,
): readonly (DefinitionItem | undefined)[] {
  const { name, range, selectionRange, children } = symbol;
  const line = selectionRange.start.line + 1;
  const text = snapshot.lines(path, line, line)?.[0];
  if (text === undefined) return [undefined];
  const kind = kinds[symbol.kind];
  const inner = container === '' ? name : `${container}.${name}`;
  const below = children.flatMap((child) => definitionsIn(child, path, snapshot, inner));
  if (kind === undefined) return below;
  const signature = text.trim().slice(0, 240);
  const [start, end] = [range.start.line + 1, range.end.line + 1];
  return [{ path, name, kind, start, end, container, signature, by: 'server' }, ...below];
}

const kinds: Readonly<Partial<Record<SymbolKind, DefinitionKind>>> = {
  [SymbolKind.Function]: 'function',
  [SymbolKind.Method]: 'method',
  [SymbolKind.Constructor]: 'constructor',
  [SymbolKind.Class]: 'class',
  [SymbolKind.Interface]: 'interface',
  [SymbolKind.Struct]: 'struct',
  [SymbolKind.Enum]: 'enum',
  [SymbolKind.Module]: 'module',
  [SymbolKind.Namespace]: 'module',
  [SymbolKind.Package]: 'module',
  [SymbolKind.TypeParameter]: 'type',
  [SymbolKind.Constant]: 'constant',
  [SymbolKind.Variable]: 'variable',
  [SymbolKind.Field]: 'field',
  [SymbolKind.Property]: 'property',
  [SymbolKind.EnumMember]: 'enumerator',
};
