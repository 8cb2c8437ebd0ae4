import type { HostFrame } from '../../src/protocol/channel.ts';
import type { CitationBadge, ConversationState, ViewMessage } from '../../src/protocol/messages.ts';
import type { Clock } from '../../src/util/clock.ts';
import { sliceEnd } from './event-slices.ts';
import type { RunRecord } from './run-record.ts';

export type ViewKind = 'sidebar' | 'panel';

export interface View {
  readonly kind: ViewKind;
  readonly post: (frame: HostFrame) => void;
}

/** What the views are drawn from. */
export interface ViewSource {
  readonly conversation: () => ConversationState;
  /** The runs of the open conversation, oldest first, and the one that the panel shows. */
  readonly runs: () => readonly RunRecord[];
  readonly badges: (runId: string) => readonly CitationBadge[] | undefined;
}

/** How much of a run a view has, and of which of its lists. */
interface Progress {
  readonly events: RunRecord['events'];
  readonly sent: number;
  readonly badges: readonly CitationBadge[] | undefined;
}

interface Attached {
  readonly view: View;
  ready: boolean;
  progress: Map<string, Progress>;
  /** What was said before the view listened. */
  waiting: ViewMessage[];
  /** Which run a panel shows; a page that was hidden has forgotten it. */
  shown: ViewMessage | undefined;
}

export interface Connection {
  /** The view listens and knows nothing. */
  ready(): void;
  /** The view is gone or hidden: it will say when it is ready again. */
  lost(): void;
  dispose(): void;
}

/** At most 20 batches a second. */
const intervalMs = 50;

/** Keeps every view up to date with the host's lists: live events and the catching up of a view that opens are the same. */
export class ViewHub {
  readonly #source: ViewSource;
  readonly #clock: Clock;
  readonly #views = new Set<Attached>();
  #timer: (() => void) | undefined;
  #lastBatch = 0;

  constructor(source: ViewSource, clock: Clock) {
    this.#source = source;
    this.#clock = clock;
  }

  attach(view: View): Connection {
    const attached: Attached = { view, ready: false, progress: new Map(), waiting: [], shown: undefined };
    this.#views.add(attached);
    return {
      ready: () => this.#greet(attached),
      lost: () => {
        attached.ready = false;
      },
      dispose: () => {
        this.#views.delete(attached);
      },
    };
  }

  /** To the views of a kind, at once or when they are ready. */
  tell(kind: ViewKind, message: ViewMessage): void {
    for (const attached of this.#views) {
      if (attached.view.kind !== kind) continue;
      const shows = message.type === 'show' || message.type === 'compare';
      if (shows) attached.shown = attached.ready ? lasting(message) : message;
      if (attached.ready) post(attached, message);
      else if (!shows) attached.waiting.push(message);
    }
  }

  conversationChanged(): void {
    const message: ViewMessage = { type: 'conversation', state: this.#source.conversation() };
    for (const attached of this.#views) {
      if (attached.ready) post(attached, message);
      this.#forgetGone(attached);
    }
    this.runsChanged();
  }

  /** There are new events or badges. */
  runsChanged(): void {
    if (this.#timer !== undefined) return;
    const wait = Math.max(0, this.#lastBatch + intervalMs - this.#clock.now());
    this.#timer = this.#clock.after(wait, () => {
      this.#timer = undefined;
      this.#lastBatch = this.#clock.now();
      const more = [...this.#views].map((attached) => this.#bringUp(attached)).includes(true);
      if (more) this.runsChanged();
    });
  }

  dispose(): void {
    this.#timer?.();
    this.#views.clear();
  }

  #forgetGone(attached: Attached): void {
    const alive = new Set(this.#source.runs().map(({ runId }) => runId));
    const runIds = [...attached.progress.keys()].filter((runId) => !alive.has(runId));
    for (const runId of runIds) attached.progress.delete(runId);
    if (attached.ready && runIds.length > 0) post(attached, { type: 'forget', runIds });
  }

  #greet(attached: Attached): void {
    attached.ready = true;
    attached.progress = new Map();
    post(attached, { type: 'conversation', state: this.#source.conversation() });
    if (attached.shown !== undefined) post(attached, attached.shown);
    attached.shown = lasting(attached.shown);
    for (const message of attached.waiting.splice(0)) post(attached, message);
    this.runsChanged();
  }

  /** Sends one batch. @returns whether there is more. */
  #bringUp(attached: Attached): boolean {
    if (!attached.ready) return false;
    for (const run of this.#source.runs()) if (this.#send(attached, run)) return true;
    return false;
  }

  /** @returns whether something was sent. */
  #send({ view, progress }: Attached, run: RunRecord): boolean {
    const { events, sent, badges } = progress.get(run.runId) ?? { events: run.whole, sent: 0, badges: undefined };
    const end = sliceEnd(events, sent);
    if (end > sent) {
      progress.set(run.runId, { events, sent: end, badges });
      postTo(view, { type: 'events', runId: run.runId, reset: sent === 0, events: events.slice(sent, end) });
      return true;
    }
    const current = this.#source.badges(run.runId);
    if (current === undefined || current === badges) return false;
    progress.set(run.runId, { events, sent, badges: current });
    postTo(view, { type: 'badges', runId: run.runId, badges: current });
    return true;
  }
}

/** A replay is begun once: the person may have left it when the page comes again. */
const lasting = <T extends ViewMessage | undefined>(shown: T): T =>
  shown?.type === 'show' ? { ...shown, replay: false } : shown;

const post = ({ view }: Attached, message: ViewMessage): void => postTo(view, message);
const postTo = (view: View, message: ViewMessage): void => view.post({ kind: 'message', message });
