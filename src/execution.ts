import { liveAs, stoppableSignal } from './agent/agent-life.ts';
import { runAgent } from './agent/agent-loop.ts';
import { BudgetLedger } from './agent/budget-ledger.ts';
import type { RunLimits } from './agent/limits.ts';
import { reviewRootAnswer } from './agent/review.ts';
import { type Agent, type AgentResult, type RunContext, StopReason } from './agent/run-context.ts';
import { SubCallMemory } from './agent/sub-call-memory.ts';
import { UsageMeter } from './agent/usage-meter.ts';
import { verifyCitations } from './citations/verify.ts';
import type { Conversation } from './conversation/conversation.ts';
import type { ConversationTurn } from './conversation/turn.ts';
import type { EnginePorts, RunEnd } from './engine-api.ts';
import type { Look } from './repl/repl.ts';
import { EventStream } from './runs/event-stream.ts';
import type { RunEvent } from './runs/events.ts';
import { evidenceOf } from './runs/evidence.ts';
import { orAborted } from './util/or-aborted.ts';
import { Semaphore } from './util/semaphore.ts';
import { scopeSnapshot } from './workspace/scope.ts';
import type { Coverage, Snapshot } from './workspace/snapshot.ts';

export interface RunOrder {
  readonly runId: string;
  readonly question: string;
  readonly limits: RunLimits;
  readonly scope: readonly string[];
  readonly onEvent: (event: RunEvent) => void;
  readonly conversation?: Conversation;
  /** How to stop each agent that is alive, by id; kept up to date. */
  readonly stops: Map<string, () => void>;
}

const nothingLoaded: Coverage = { filesTotal: 0, filesLoaded: 0, bytesLoaded: 0, leftOut: [] };

/** One run: from the snapshot through the root agent to its `run-end`. */
export class Execution {
  readonly #ports: EnginePorts;
  readonly #order: RunOrder;
  readonly #events: EventStream;
  readonly #meter = new UsageMeter();
  readonly #startedAt: number;
  readonly #looks: Look[] = [];
  #turn: ConversationTurn | undefined;
  #coverage = nothingLoaded;
  #snapshotMs = 0;

  constructor(ports: EnginePorts, order: RunOrder) {
    this.#ports = ports;
    this.#order = order;
    this.#events = new EventStream(ports.clock, (event) => {
      if (event.type === 'cell-end' && event.looks !== undefined) this.#looks.push(...event.looks);
      order.onEvent(event);
    });
    this.#startedAt = ports.clock.now();
  }

  /**
   * @param signal ends everything. @param workSignal ends sub-agents; the root goes on to its last turn.
   * Never rejects: a bug ends the run as `failed`.
   */
  async toEnd(signal: AbortSignal, workSignal: AbortSignal): Promise<RunEnd> {
    // The caller has its handle before the first event.
    await Promise.resolve();
    this.#turn = await this.#order.conversation?.begin();
    this.#start();
    const { result, snapshot } = await this.#work(signal, workSignal);
    const end = this.#end(result, snapshot);
    await this.#turn?.end(this.#order.runId, this.#order.question, end);
    return end;
  }

  #start(): void {
    const { models, version } = this.#ports;
    const { runId, question, limits } = this.#order;
    const specs = { root: models.root.spec, sub: models.sub.spec };
    const turn = this.#turn && { conversation: { id: this.#turn.conversationId, turn: this.#turn.number } };
    this.#events.emitRun({ type: 'run-start', runId, question, models: specs, limits, version, ...turn });
  }

  async #work(signal: AbortSignal, workSignal: AbortSignal): Promise<{ result: AgentResult; snapshot?: Snapshot }> {
    try {
      const snapshot = await this.#load(signal);
      return { result: await this.#runRoot(snapshot, signal, workSignal), snapshot };
    } catch (error) {
      return { result: resultOfError(error, signal) };
    }
  }

  async #load(signal: AbortSignal): Promise<Snapshot> {
    const { clock, loadSnapshot } = this.#ports;
    // A disk that is gone may never answer; a stopped run does not wait for it.
    const whole = await orAborted(loadSnapshot(signal), signal);
    signal.throwIfAborted();
    const snapshot = whole.files.length === 0 ? whole : scopeSnapshot(whole, this.#order.scope);
    const { id, coverage } = snapshot;
    this.#coverage = coverage;
    this.#snapshotMs = clock.now() - this.#startedAt;
    const roots = snapshot.roots.map((root) => root.name);
    this.#events.emitRun({ type: 'snapshot', snapshotId: id, roots, coverage, ms: this.#snapshotMs });
    if (snapshot.files.length > 0) this.#ports.search.prepare(whole);
    else throw new Error(nothingToRead(coverage));
    return snapshot;
  }

  #runRoot(snapshot: Snapshot, runSignal: AbortSignal, workSignal: AbortSignal): Promise<AgentResult> {
    const run = this.#context(snapshot, workSignal);
    const { signal, stop } = stoppableSignal(runSignal);
    const task = this.#order.question;
    const root: Agent = {
      id: run.nextId('agent'),
      parentId: null,
      role: 'root',
      depth: 0,
      model: run.models.root,
      task,
      signal,
    };
    return liveAs(run, root, { stop }, async () => {
      const result = await runAgent(run, root, { snapshot, texts: {} }, reviewRootAnswer(snapshot));
      return { ...result, value: result };
    });
  }

  #context(snapshot: Snapshot, workSignal: AbortSignal): RunContext {
    const { models, repls, search, symbols, git, clock, hash } = this.#ports;
    const { question, limits, stops } = this.#order;
    const ids = { agent: 0, call: 0 };
    return {
      question,
      snapshot,
      models,
      limits,
      ledger: new BudgetLedger(limits, clock),
      meter: this.#meter,
      memory: new SubCallMemory(hash),
      repls,
      search,
      symbols,
      git,
      slots: new Semaphore(limits.maxConcurrent),
      clock,
      turn: this.#turn,
      workSignal,
      emit: this.#events.emit,
      nextId: (kind) => `${kind[0]}${ids[kind]++}`,
      stoppable: (agentId, stop) => {
        stops.set(agentId, stop);
        return () => stops.delete(agentId);
      },
    };
  }

  #end({ outcome, answer, reason }: AgentResult, snapshot: Snapshot | undefined): RunEnd {
    const checked = snapshot === undefined ? { answer, citations: [] } : verifyCitations(answer, snapshot);
    const totalMs = this.#ports.clock.now() - this.#startedAt;
    return this.#events.emitRun({
      type: 'run-end',
      outcome,
      ...checked,
      coverage: this.#coverage,
      evidence: evidenceOf(this.#looks),
      usage: this.#meter.totals(),
      timings: { snapshotMs: this.#snapshotMs, ...this.#meter.times(), totalMs },
      reason,
    });
  }
}

function resultOfError(error: unknown, signal: AbortSignal): AgentResult {
  const reason = error instanceof Error ? error.message : String(error);
  const stop = signal.aborted && error === signal.reason && error instanceof StopReason ? error.kind : undefined;
  const outcome = stop === undefined ? 'failed' : stop === 'time' ? 'exhausted' : 'cancelled';
  return { outcome, reason, answer: `No answer was found: ${reason}` };
}

function nothingToRead({ leftOut }: Coverage): string {
  if (leftOut.length === 0)
    return 'The folder is empty: there is nothing to ask about. Choose a folder with source files.';
  const reasons = [...new Set(leftOut.map((entry) => entry.reason))].join(', ');
  return `The folder holds no readable text: all ${leftOut.length} entries were left out (${reasons}). Choose another folder, or change what is left out.`;
}
