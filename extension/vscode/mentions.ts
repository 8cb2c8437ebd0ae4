import { commands, type SymbolInformation } from 'vscode';
import { type MentionKind, parseMentions } from '../../src/protocol/mentions.ts';
import type { Attachment, MentionItem } from '../../src/protocol/messages.ts';
import type { DefinitionItem } from '../../src/symbols/symbol-source.ts';
import type { Snapshot } from '../../src/workspace/snapshot.ts';
import { completePaths, foldersOf } from '../core/complete-mention.ts';
import { HelpfulError } from '../core/failure-help.ts';
import type { EngineHost } from '../node/engine-host.ts';
import type { WorkspaceSnapshots } from '../node/workspace-snapshots.ts';
import { pathOf } from './attachment.ts';

export interface Mentioned {
  /** Files and folders to limit the question to. */
  readonly scope: readonly string[];
  /** Where the symbols are defined: what the question is about, which is no limit. */
  readonly attachments: readonly Attachment[];
}

const nothing: Mentioned = { scope: [], attachments: [] };
const maxDefinitions = 3;
const maxSymbols = 12;
const maxLines = 400;

/** `#file:`, `#folder:` and `#symbol:` in questions. */
export class Mentions {
  readonly #snapshots: WorkspaceSnapshots;
  readonly #engines: EngineHost;

  constructor(snapshots: WorkspaceSnapshots, engines: EngineHost) {
    this.#snapshots = snapshots;
    this.#engines = engines;
  }

  /** @throws HelpfulError when a symbol is nowhere. What is wrong with a path the run says. */
  async in(question: string): Promise<Mentioned> {
    const mentions = parseMentions(question);
    if (mentions.length === 0) return nothing;
    const scope = mentions.filter(({ kind }) => kind !== 'symbol').map(({ name }) => name);
    const symbols = mentions.filter(({ kind }) => kind === 'symbol').map(({ name }) => name);
    if (symbols.length === 0) return { scope, attachments: [] };
    const { signal } = new AbortController();
    const snapshot = await this.#snapshots.get(signal);
    const found = await Promise.all(
      symbols.map(async (name) => {
        const items = await this.#engines.definitionsOf(name, maxDefinitions, snapshot, signal);
        if (items.length === 0) throw new HelpfulError(`No definition of '${name}' was found in the workspace.`, []);
        return items.map((item) => attachmentOfDefinition(item, snapshot));
      }),
    );
    return { scope, attachments: found.flat() };
  }

  async complete(kind: MentionKind, typed: string): Promise<readonly MentionItem[]> {
    if (kind === 'symbol') return completeSymbols(typed);
    const { files } = await this.#snapshots.get(new AbortController().signal);
    const paths = files.map(({ path }) => path);
    return completePaths(kind, kind === 'file' ? paths : foldersOf(paths), typed);
  }
}

function attachmentOfDefinition({ path, start, end }: DefinitionItem, snapshot: Snapshot): Attachment {
  const endLine = Math.min(end, start + maxLines - 1);
  return { path, startLine: start, endLine, text: (snapshot.lines(path, start, endLine) ?? []).join('\n') };
}

/** From the language servers that the editor has. */
async function completeSymbols(typed: string): Promise<readonly MentionItem[]> {
  if (typed === '') return [];
  const found = await commands.executeCommand<readonly SymbolInformation[] | undefined>(
    'vscode.executeWorkspaceSymbolProvider',
    typed,
  );
  const items = (found ?? []).map(({ name, location }) => ({
    kind: 'symbol' as const,
    name: name.replace(/\(.*$/s, ''),
    detail: pathOf(location.uri),
  }));
  const byName = new Map(items.filter(({ name }) => /^[\w$.~-]+$/.test(name)).map((item) => [item.name, item]));
  return [...byName.values()].slice(0, maxSymbols);
}
