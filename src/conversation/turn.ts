import { cellLimits } from '../agent/agent-repl.ts';
import { HeldRepl } from '../agent/held-repl.ts';
import type { Agent, RunContext } from '../agent/run-context.ts';
import type { ReplOptions } from '../repl/repl.ts';
import type { RunEvent } from '../runs/events.ts';
import type { Snapshot } from '../workspace/snapshot.ts';
import type { Conversation } from './conversation.ts';
import { describePast, type Past, type ReplOrigin } from './describe-past.ts';
import { pastTurn } from './past-turn.ts';
import { type ReplayedCell, rebuildNote, replayCells } from './replay.ts';

/** What the root goes on with. */
export interface Resumed {
  /** What it is told of the past; empty at the first question. */
  readonly told: string;
  /** Absent: it opens one of its own at its first cell. */
  readonly held?: HeldRepl;
}

interface Readied {
  readonly repl: ReplOrigin;
  readonly held?: HeldRepl;
  readonly replayed: readonly ReplayedCell[];
  readonly note: string;
}

/** One question of a conversation, from its run's start to its end. */
export class ConversationTurn {
  readonly number: number;
  readonly #conversation: Conversation;
  readonly #apart: boolean;
  #held: HeldRepl | undefined;
  #snapshot: Snapshot | undefined;
  #variables: readonly string[] = [];

  constructor(conversation: Conversation, number: number, apart: boolean) {
    this.#conversation = conversation;
    this.number = number;
    this.#apart = apart;
  }

  get conversationId(): string {
    return this.#conversation.id;
  }

  /** Makes the REPL ready, without asking any model, and says what was before. Never rejects. */
  async resume(run: RunContext, agent: Agent, options: ReplOptions): Promise<Resumed> {
    const conversation = this.#conversation;
    const startedAt = run.clock.now();
    const changes = conversation.changesTo(run.snapshot);
    const { repl, held, replayed, note } = this.#apart ? nothingHeld('apart') : await this.#ready(run, agent, options);
    if (!this.#apart) this.#snapshot = run.snapshot;
    this.#variables = held?.variables ?? [];
    if (this.number === 1 && !this.#apart) return { told: '' };
    const { questions, recent } = conversation;
    const isStale = ({ path, startLine, endLine, quote }: Past['recent'][number]['citations'][number]) =>
      run.snapshot.lines(path, startLine, endLine)?.join('\n') !== quote;
    const past = { turn: this.number, questions, recent, repl, changes, isStale, rebuildNote: note };
    const told = describePast({ ...past, variables: this.#variables });
    const ms = run.clock.now() - startedAt;
    run.emit(agent, { type: 'resumed', repl, replayed, changes, variables: this.#variables, told, ms });
    return { told, ...(held && { held }) };
  }

  /** The root is done with its REPL. */
  leave(held: HeldRepl | undefined): void {
    this.#held = held;
    held?.rest();
    this.#variables = held?.variables ?? this.#variables;
  }

  /** After the run's last event. */
  end(runId: string, question: string, end: Extract<RunEvent, { type: 'run-end' }>): Promise<void> {
    if (this.#snapshot !== undefined) this.#conversation.knows(this.#snapshot);
    const turn = pastTurn(runId, question, end, this.#variables);
    return this.#conversation.ended(turn, this.#apart, this.#held);
  }

  async #ready(run: RunContext, agent: Agent, options: ReplOptions): Promise<Readied> {
    const kept = this.#conversation.takeRepl();
    if (kept !== undefined) {
      try {
        kept.answerCallsBy(options.onCall);
        await kept.refresh(options.corpus, options.question);
        return { ...nothingHeld('kept'), held: kept };
      } catch {
        await kept.close();
      }
    }
    return this.#rebuild(run, agent, options);
  }

  async #rebuild(run: RunContext, agent: Agent, options: ReplOptions): Promise<Readied> {
    const cells = await this.#conversation.cells();
    if (cells.length === 0) return nothingHeld('fresh');
    let held: HeldRepl | undefined;
    try {
      held = await HeldRepl.open(run.repls, options, agent.depth, agent.signal);
      const { corpus, onCall: live } = options;
      const limits = cellLimits(run, agent);
      const order = { cells, corpus, snapshot: run.snapshot, live, limits, signal: agent.signal };
      const replayed = await replayCells(held, order);
      // Half of the variables would look like all of them.
      agent.signal.throwIfAborted();
      held.answerCallsBy(live);
      await held.refresh(corpus, options.question);
      return { repl: 'rebuilt', held, replayed, note: rebuildNote(cells.length, replayed) };
    } catch {
      await held?.close();
      return nothingHeld('fresh');
    }
  }
}

const nothingHeld = (repl: ReplOrigin): Readied => ({ repl, replayed: [], note: '' });
