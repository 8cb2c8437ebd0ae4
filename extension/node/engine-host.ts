import { randomUUID } from 'node:crypto';
import { sha256 } from '../../src/cli/sha256.ts';
import { Conversation, type ConversationMemory } from '../../src/conversation/conversation.ts';
import { LiveRepls } from '../../src/conversation/live-repls.ts';
import { createEngine } from '../../src/engine.ts';
import type { Engine, EnginePorts } from '../../src/engine-api.ts';
import type { ChangedPath, GitHistory } from '../../src/git/git-history.ts';
import { gitCli } from '../../src/git/node/git-cli.ts';
import { createReplPool, type WarmReplPool } from '../../src/repl/node/pool.ts';
import type { SandboxKind } from '../../src/repl/node/sandbox.ts';
import { HostRefusal } from '../../src/repl/repl.ts';
import type { CodeSearch } from '../../src/search/code-search.ts';
import { createCodeSearch } from '../../src/search/node/worker-search.ts';
import type { LanguageServers } from '../../src/symbols/language-servers.ts';
import { createSymbolSource } from '../../src/symbols/node/worker-symbols.ts';
import type { DefinitionItem, SymbolSource } from '../../src/symbols/symbol-source.ts';
import { withServers } from '../../src/symbols/with-servers.ts';
import { systemClock } from '../../src/util/node/system-clock.ts';
import type { Snapshot } from '../../src/workspace/snapshot.ts';

export interface EngineHostOptions {
  /** Holds the worker, its realm and pyodide. */
  readonly assetsDir: string;
  readonly cacheDir: string;
  readonly version: string;
  readonly loadSnapshot: (signal: AbortSignal) => Promise<Snapshot>;
  readonly servers: LanguageServers;
  readonly sandbox: SandboxKind;
  /** Whether the person trusts the workspace: only then git is run in it. */
  readonly isTrusted: () => boolean;
}

/** Engines that share one pool of interpreters, one search and one set of parsers. */
export class EngineHost {
  readonly #options: EngineHostOptions;
  readonly #repls: WarmReplPool;
  readonly #search: CodeSearch;
  readonly #symbols: SymbolSource;

  readonly #live = new LiveRepls(systemClock);
  readonly #conversations = new Map<string, Conversation>();

  constructor(options: EngineHostOptions) {
    this.#options = options;
    this.#repls = createReplPool(options);
    this.#search = createCodeSearch({ assetsDir: options.assetsDir });
    this.#symbols = withServers(createSymbolSource({ assetsDir: options.assetsDir }), options.servers);
  }

  /** Starts interpreters for a question that is about to come. What fails here fails again, and is told, in the run. */
  warmUp(): void {
    this.#repls.warmUp().catch(() => undefined);
  }

  /** The conversation of this id, with the REPL that it has. `memory` is taken at the first call. */
  conversation(id: string, memory: ConversationMemory): Conversation {
    const known = this.#conversations.get(id) ?? new Conversation(id, memory, this.#live);
    this.#conversations.set(id, known);
    return known;
  }

  /** Gives back what a conversation holds. Asked in again, it goes on from its runs. */
  forget(conversationId: string): void {
    void this.#conversations.get(conversationId)?.close();
    this.#conversations.delete(conversationId);
  }

  /** An engine for one question: it holds nothing by itself. */
  engineWith(models: EnginePorts['models']): Engine {
    return createEngine({
      loadSnapshot: this.#options.loadSnapshot,
      models,
      // Closing an engine closes what it was given, and these are everybody's.
      repls: { open: (repl, depth, signal) => this.#repls.open(repl, depth, signal), close: async () => undefined },
      search: {
        prepare: (snapshot) => this.#search.prepare(snapshot),
        search: (query, scope, signal) => this.#search.search(query, scope, signal),
        close: async () => undefined,
      },
      symbols: { ask: (query, scope, signal) => this.#symbols.ask(query, scope, signal), close: async () => undefined },
      git: this.#git,
      clock: systemClock,
      hash: sha256,
      newRunId: () => randomUUID(),
      version: this.#options.version,
    });
  }

  /** Where a name is defined; nothing when it is nowhere, or not in time. */
  async definitionsOf(
    name: string,
    limit: number,
    snapshot: Snapshot,
    signal: AbortSignal,
  ): Promise<readonly DefinitionItem[]> {
    const reply = await this.#symbols.ask({ ask: 'symbols', name, limit }, { snapshot, texts: {} }, signal);
    return reply.items.filter((item): item is DefinitionItem => 'signature' in item);
  }

  /** What is not as in the last commit. @throws HostRefusal, for people too, where git is not run. */
  async changesOf(snapshot: Snapshot, signal: AbortSignal): Promise<readonly ChangedPath[]> {
    const reply = await this.#git.ask({ ask: 'changed_since', ref: 'HEAD' }, { snapshot, whole: true }, signal);
    return reply.items.filter((item): item is ChangedPath => 'change' in item);
  }

  readonly #git: GitHistory = {
    ask: async (query, scope, signal) => {
      if (!this.#options.isTrusted()) throw new HostRefusal('git is not run in a workspace that is not trusted');
      return gitCli.ask(query, scope, signal);
    },
  };

  /** Ends the interpreters, the parsers and the search. Runs are ended by who asked. */
  async close(): Promise<void> {
    await Promise.all([this.#repls.close(), this.#symbols.close(), this.#search.close()]);
  }
}
