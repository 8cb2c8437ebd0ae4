import { RunRecord } from '../../../extension/core/run-record.ts';
import { ViewHub, type ViewKind } from '../../../extension/core/view-hub.ts';
import { type HostFrame, type RequestHandlers, serveRequest } from '../../../src/protocol/channel.ts';
import type {
  CitationBadge,
  ConversationState,
  MentionItem,
  RequestName,
  ViewMessage,
} from '../../../src/protocol/messages.ts';
import type { RunEvent } from '../../../src/runs/events.ts';

interface Received {
  readonly name: RequestName;
  readonly params: unknown;
}

const clock = {
  now: () => performance.now(),
  after: (ms: number, run: () => void) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/** The extension host's part, played in the test: the real hub over lists of events that a test gives. */
export class FakeHost {
  readonly requests: Received[] = [];
  /** Names of requests that are refused, with what the view is told. */
  readonly refusals = new Map<RequestName, string>();
  completions: readonly MentionItem[] = [];
  readonly #runs = new Map<string, RunRecord>();
  readonly #badges = new Map<string, readonly CitationBadge[]>();
  #conversation: ConversationState;
  readonly #hub: ViewHub;

  constructor(conversation: ConversationState) {
    this.#conversation = conversation;
    this.#hub = new ViewHub(
      {
        conversation: () => this.#conversation,
        runs: () => [...this.#runs.values()],
        badges: (runId) => this.#badges.get(runId),
      },
      clock,
    );
  }

  /** @returns what to call with each frame that the view sends. */
  attach(kind: ViewKind, post: (frame: HostFrame) => void): (frame: unknown) => Promise<void> {
    const connection = this.#hub.attach({ kind, post });
    return async (frame) => {
      const answer = await serveRequest(
        frame,
        this.#handlers(() => connection.ready()),
      );
      if (answer !== undefined) post(answer);
    };
  }

  play(runId: string, events: readonly RunEvent[]): void {
    const run = this.#runs.get(runId) ?? new RunRecord(runId);
    this.#runs.set(runId, run);
    for (const event of events) run.take(event);
    this.#hub.runsChanged();
  }

  /** As after its conversation was deleted. */
  forget(runId: string): void {
    this.#runs.delete(runId);
    this.converse({ entries: this.#conversation.entries.filter((entry) => entry.runId !== runId) });
  }

  judge(runId: string, badges: readonly CitationBadge[]): void {
    this.#badges.set(runId, badges);
    this.#hub.runsChanged();
  }

  converse(change: Partial<ConversationState>): void {
    this.#conversation = { ...this.#conversation, ...change };
    this.#hub.conversationChanged();
  }

  tell(kind: ViewKind, message: ViewMessage): void {
    this.#hub.tell(kind, message);
  }

  /** The parameters of every request of a name. */
  sent(name: RequestName): readonly unknown[] {
    return this.requests.filter((one) => one.name === name).map(({ params }) => params);
  }

  dispose(): void {
    this.#hub.dispose();
  }

  #handlers(onReady: () => void): RequestHandlers {
    const names: readonly RequestName[] = [
      ...([
        'ready',
        'ask',
        'retry',
        'goOn',
        'stop',
        'openCitation',
        'reanchor',
        'unfold',
        'openPanel',
        'copy',
        'saveMarkdown',
        'complete',
      ] as const),
      ...(['eventsOf', 'rerun', 'exportRun'] as const),
      ...(['showLeftOut', 'setKey', 'chooseModel', 'newConversation', 'openFolder', 'showOutput'] as const),
    ];
    const handler = (name: RequestName) => (params: unknown) => {
      this.requests.push({ name, params });
      const refusal = this.refusals.get(name);
      if (refusal !== undefined) throw new Error(refusal);
      if (name === 'ready') setImmediate(onReady);
      if (name === 'eventsOf') return { events: this.#runs.get((params as { runId: string }).runId)?.whole ?? [] };
      return name === 'complete' ? { items: this.completions } : { runId: 'asked' };
    };
    return Object.fromEntries(names.map((name) => [name, handler(name)])) as unknown as RequestHandlers;
  }
}
