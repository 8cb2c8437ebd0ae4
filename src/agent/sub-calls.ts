import { schemaProblem } from '../models/schema.ts';
import type { BatchItem, ChildTask, HostCall } from '../repl/host-call.ts';
import { HostRefusal, type ReplOptions } from '../repl/repl.ts';
import { messageOf } from './agent-life.ts';
import { handedFiles } from './handed-files.ts';
import { lookUp } from './lookups.ts';
import type { Agent, AgentFiles, RunAgent, RunContext } from './run-context.ts';
import { type Birth, SubAgents } from './sub-agents.ts';

/** Starts the agent of one item. Rejects with why the item failed. */
type Start<T> = (task: T, birth: Birth) => Promise<unknown>;

/** Answers what an agent's Python asks of the host: plain calls, child agents, the budget. */
export class SubCalls {
  readonly #run: RunContext;
  readonly #parent: Agent;
  readonly #files: AgentFiles;
  readonly #agents: SubAgents;
  readonly #underWay = new Set<Promise<unknown>>();

  constructor(run: RunContext, parent: Agent, files: AgentFiles, runAgent: RunAgent) {
    this.#run = run;
    this.#parent = parent;
    this.#files = files;
    this.#agents = new SubAgents(run, parent, runAgent);
  }

  readonly onCall: ReplOptions['onCall'] = (call, signal) => {
    const answer = this.#answer(call, signal);
    if (!/^[lr]lm_/.test(call.op)) return answer;
    this.#underWay.add(answer);
    const end = () => this.#underWay.delete(answer);
    answer.then(end, end);
    return answer;
  };

  /** Resolves when no sub-agent is left: a cell that was interrupted does not wait for those it called. */
  async ended(): Promise<void> {
    await Promise.allSettled(this.#underWay);
  }

  async #answer(call: HostCall, signal: AbortSignal): Promise<unknown> {
    switch (call.op) {
      case 'budget':
        return this.#run.ledger.view();
      case 'search':
      case 'symbols':
      case 'git':
        return lookUp(call, this.#run, this.#parent, this.#files, signal);
      case 'llm_query':
        return single(await this.#together(call, [call.prompt], signal, this.#plain(call)));
      case 'llm_batch':
        return this.#together(call, call.prompts, signal, this.#plain(call));
      case 'rlm_query':
        return single(await this.#together(call, [call.child], signal, this.#recursive(call)));
      case 'rlm_batch':
        return this.#together(call, call.children, signal, this.#recursive(call));
    }
  }

  #plain(call: Extract<HostCall, { op: 'llm_query' | 'llm_batch' }>): Start<string> {
    return (prompt, birth) => this.#agents.plain(call, prompt, birth);
  }

  #recursive({ schema }: Extract<HostCall, { op: 'rlm_query' | 'rlm_batch' }>): Start<ChildTask> {
    return async (child, birth) => {
      const files = handedFiles(`rlm_query(${JSON.stringify(child.task.slice(0, 40))}…)`, this.#files, child);
      return this.#agents.recursive(child.task, files, schema, birth);
    };
  }

  /**
   * Runs the items of one call at once. A failed item is a value, so one failure costs nothing but itself. Each starts in a
   * turn of its own: the first request is on its way, and Stop is heard, while the others are still being prepared.
   */
  async #together<T>(
    call: HostCall,
    tasks: readonly T[],
    signal: AbortSignal,
    start: Start<T>,
  ): Promise<readonly BatchItem[]> {
    const run = this.#run;
    this.#admit(call, tasks.length);
    const callId = run.nextId('call');
    const startedAt = run.clock.now();
    run.emit(this.#parent, { type: 'call-start', callId, op: call.op, count: tasks.length });
    const birth = { callId, within: AbortSignal.any([this.#parent.signal, signal, run.workSignal]) };
    const underWay: Promise<BatchItem>[] = [];
    for (const task of tasks) {
      if (underWay.length > 0) await run.clock.nextTurn();
      underWay.push(asItem(start(task, birth)));
    }
    const items = await Promise.all(underWay);
    const failed = items.filter((item) => 'error' in item).length;
    run.emit(this.#parent, { type: 'call-end', callId, failed, ms: run.clock.now() - startedAt });
    return items;
  }

  #admit(call: HostCall, count: number): void {
    const { maxDepth, maxFanOut } = this.#run.limits;
    if (count > maxFanOut)
      this.#refuse(call, `a batch may hold ${maxFanOut} items, this one has ${count}; send it in parts`);
    const schema = 'schema' in call ? call.schema : undefined;
    const problem = schema && schemaProblem(schema);
    if (problem !== undefined) this.#refuse(call, `the schema cannot be used: ${problem}`);
    if (call.op.startsWith('rlm') && this.#parent.depth >= maxDepth)
      this.#refuse(call, `the depth limit (${maxDepth}) is reached; use llm_query or llm_batch with the text itself`);
  }

  #refuse(call: HostCall, reason: string): never {
    this.#run.emit(this.#parent, { type: 'refused', what: call.op, reason });
    throw new HostRefusal(reason);
  }
}

async function asItem(work: Promise<unknown>): Promise<BatchItem> {
  try {
    return { ok: await work };
  } catch (error) {
    return { error: messageOf(error) };
  }
}

function single([item]: readonly BatchItem[]): unknown {
  if (item === undefined) throw new HostRefusal('nothing was asked');
  if ('error' in item) throw new HostRefusal(item.error);
  return item.ok;
}
