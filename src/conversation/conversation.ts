import type { HeldRepl } from '../agent/held-repl.ts';
import type { RunEvent } from '../runs/events.ts';
import { isInScope } from '../workspace/scope.ts';
import type { Snapshot } from '../workspace/snapshot.ts';
import { recentTurns } from './describe-past.ts';
import { compareFiles, type FileChanges, type FileHashes, hashesOf, joinHashes } from './file-changes.ts';
import type { LiveRepls } from './live-repls.ts';
import { cellsToReplay, type PastCell, pastCellsOf } from './past-cells.ts';
import { type PastTurn, pastTurnOf } from './past-turn.ts';
import { ConversationTurn } from './turn.ts';

/** Where a conversation's runs are kept, for going on after a reload and for rebuilding its REPL. Nothing of it rejects. */
export interface ConversationMemory {
  /** The runs that have ended, oldest first. Asked once, before the first question. */
  runs(): Promise<readonly { readonly runId: string; readonly question: string }[]>;
  /** What is left of a run's events; empty when nothing is. */
  events(runId: string): Promise<readonly RunEvent[]>;
  /** The files as the last question knew them; `undefined` when that is not known. */
  files(): Promise<FileHashes | undefined>;
  keepFiles(files: FileHashes): void;
}

const noChanges: FileChanges = { changed: [], added: [], removed: [] };

/** Of older questions only a line is ever told. */
const keptChars = 200;

/** A question that has ended. */
interface AskedBefore {
  readonly runId: string;
  /** Its beginning. */
  readonly question: string;
}

/**
 * Questions that go on from each other: they share the root's REPL, and each is told of those before. Give it to
 * `AskOptions.conversation`. Of the past it keeps the newest few answers; the rest is read again when it is needed.
 */
export class Conversation {
  readonly id: string;
  readonly memory: ConversationMemory;
  readonly #live: LiveRepls;
  #loaded: Promise<void> | undefined;
  #asked: AskedBefore[] = [];
  #recent: readonly PastTurn[] = [];
  #files: FileHashes | undefined;
  #snapshotId = '';
  #held: HeldRepl | undefined;
  #busy = false;
  #closed = false;
  #turns = 0;

  constructor(id: string, memory: ConversationMemory, live: LiveRepls) {
    this.id = id;
    this.memory = memory;
    this.#live = live;
  }

  /** One more question. Its REPL is the conversation's, unless another question has that. */
  async begin(): Promise<ConversationTurn> {
    this.#loaded ??= this.#load();
    await this.#loaded;
    const apart = this.#busy || this.#closed;
    if (!apart) this.#busy = true;
    this.#live.busy(this);
    return new ConversationTurn(this, ++this.#turns, apart);
  }

  get questions(): readonly string[] {
    return this.#asked.map(({ question }) => question);
  }

  /** The newest turns, oldest first. */
  get recent(): readonly PastTurn[] {
    return this.#recent;
  }

  /** What has become of the files since the last question. */
  changesTo(snapshot: Snapshot): FileChanges {
    if (this.#files === undefined || snapshot.id === this.#snapshotId) return noChanges;
    const inPart = partOf(snapshot);
    const known = new Map([...this.#files].filter(([path]) => inPart(path)));
    return compareFiles(known, hashesOf(snapshot));
  }

  /** The root was told of these files. */
  knows(snapshot: Snapshot): void {
    if (snapshot.id === this.#snapshotId) return;
    // Of a workspace that was only asked about in part, it is not known what else there is.
    if (this.#files === undefined && snapshot.coverage.scope !== undefined) return;
    // A part has the id of the whole, of which the rest was not looked at.
    this.#snapshotId = snapshot.coverage.scope === undefined ? snapshot.id : '';
    const now = hashesOf(snapshot);
    this.#files = this.#files === undefined ? now : joinHashes(this.#files, now, partOf(snapshot));
    this.memory.keepFiles(this.#files);
  }

  /** Takes the REPL that was kept. */
  takeRepl(): HeldRepl | undefined {
    const held = this.#held;
    this.#held = undefined;
    return held;
  }

  /** The cells that make the variables of now, read from the runs. */
  async cells(): Promise<readonly PastCell[]> {
    const cells: PastCell[] = [];
    for (const { runId } of this.#asked) {
      const events = await this.memory.events(runId);
      if (!ranApart(events)) cells.push(...pastCellsOf(runId, events));
    }
    return cellsToReplay(cells);
  }

  /** @param held what the next question goes on with. */
  async ended(turn: PastTurn, apart: boolean, held: HeldRepl | undefined): Promise<void> {
    this.#asked.push({ runId: turn.runId, question: turn.question.slice(0, keptChars) });
    this.#recent = [...this.#recent, turn].slice(-recentTurns);
    if (!apart) this.#busy = false;
    if (apart || this.#closed) await held?.close();
    else if (held !== undefined) this.#held = held;
    if (!this.#busy && this.#held !== undefined) this.#live.idle(this);
  }

  /** Gives its interpreter back; the next question rebuilds it. */
  async letGo(): Promise<void> {
    this.#live.busy(this);
    await this.takeRepl()?.close();
  }

  /** Forgets everything. A question under way goes on to its end. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.letGo();
  }

  async #load(): Promise<void> {
    const runs = await this.memory.runs();
    const recent: PastTurn[] = [];
    for (const { runId, question } of runs.slice(-recentTurns)) {
      const events = await this.memory.events(runId);
      const turn = pastTurnOf(events, question);
      if (turn !== undefined) recent.push({ ...turn, runId });
    }
    this.#asked = runs.map(({ runId, question }) => ({ runId, question: question.slice(0, keptChars) }));
    this.#turns = runs.length;
    this.#recent = recent;
    this.#files = await this.memory.files();
  }
}

/** Its cells ran in a REPL of its own. */
const ranApart = (events: readonly RunEvent[]): boolean =>
  events.some((event) => event.type === 'resumed' && event.repl === 'apart');

/** Files that a limited question leaves out are not gone. */
function partOf({ coverage: { scope } }: Snapshot): (path: string) => boolean {
  return (path) => scope === undefined || isInScope(path, scope.paths);
}
