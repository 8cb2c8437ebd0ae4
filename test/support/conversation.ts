import { createHash } from 'node:crypto';
import { Conversation, type ConversationMemory } from '../../src/conversation/conversation.ts';
import type { FileHashes } from '../../src/conversation/file-changes.ts';
import { type LiveReplLimits, LiveRepls } from '../../src/conversation/live-repls.ts';
import { createEngine } from '../../src/engine.ts';
import type { AskOptions, Run, RunEnd } from '../../src/engine-api.ts';
import type { LanguageModel } from '../../src/models/model.ts';
import type { ReplPool } from '../../src/repl/repl.ts';
import type { RunEvent } from '../../src/runs/events.ts';
import { inlineSearch } from './inline-search.ts';
import { ManualClock } from './manual-clock.ts';
import { memorySnapshot } from './workspace.ts';

/** Keeps everything; `of` makes what a conversation goes on with, also after a reload. */
class KeptRuns {
  readonly #runs = new Map<string, { question: string; conversation: string; events: RunEvent[] }>();
  readonly #files = new Map<string, FileHashes>();

  of(id: string): ConversationMemory {
    return {
      runs: async () =>
        [...this.#runs]
          .filter(([, { conversation, events }]) => conversation === id && events.at(-1)?.type === 'run-end')
          .map(([runId, { question }]) => ({ runId, question })),
      events: async (runId) => this.#runs.get(runId)?.events ?? [],
      files: async () => this.#files.get(id),
      keepFiles: (files) => this.#files.set(id, files),
    };
  }

  write(conversation: string, runId: string, question: string, event: RunEvent): void {
    const kept = this.#runs.get(runId) ?? { question, conversation, events: [] };
    kept.events.push(event);
    this.#runs.set(runId, kept);
  }
}

export interface TalkOptions {
  readonly root: LanguageModel;
  readonly sub?: LanguageModel;
  readonly repls: ReplPool;
  readonly live?: Partial<LiveReplLimits>;
  readonly files: Record<string, string>;
}

export interface Answered {
  readonly end: RunEnd;
  readonly events: readonly RunEvent[];
}

/** Conversations with the real engine over in-memory ports. `files` may be changed between questions. */
export function talk({ root, sub = root, repls, live, files }: TalkOptions) {
  const clock = new ManualClock();
  const kept = new KeptRuns();
  let runs = 0;
  const engine = createEngine({
    loadSnapshot: () => memorySnapshot({ ...files }),
    models: { root, sub },
    repls,
    search: inlineSearch(),
    clock,
    hash: (text) => createHash('sha256').update(text).digest('hex'),
    newRunId: () => `run-${++runs}`,
    version: '0.0.0',
  });
  const lives = new LiveRepls(clock, live);
  const start = (
    conversation: Conversation,
    question: string,
    options: AskOptions = {},
  ): Run & { readonly events: RunEvent[] } => {
    const events: RunEvent[] = [];
    const run = engine.ask(question, {
      ...options,
      conversation,
      onEvent: (event) => {
        events.push(event);
        kept.write(conversation.id, run.runId, question, event);
      },
    });
    return { ...run, events };
  };
  return {
    clock,
    engine,
    kept,
    open: (id: string) => new Conversation(id, kept.of(id), lives),
    start,
    ask: async (conversation: Conversation, question: string, options: AskOptions = {}): Promise<Answered> => {
      const { done, events } = start(conversation, question, options);
      return { end: await done, events };
    },
  };
}

/** The event that says how a follow-up went on. @throws when there is none. */
export function resumedIn({ events }: Pick<Answered, 'events'>): Extract<RunEvent, { type: 'resumed' }> {
  const resumed = events.find((event) => event.type === 'resumed');
  if (resumed === undefined) throw new Error('nothing was resumed');
  return resumed;
}
