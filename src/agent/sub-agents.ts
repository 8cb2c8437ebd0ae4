import type { HostCall, ReplySchema } from '../repl/host-call.ts';
import { orAborted } from '../util/or-aborted.ts';
import { type Lived, liveAs, stoppableSignal } from './agent-life.ts';
import { runPlainCall } from './plain-call.ts';
import { reviewChildAnswer, valueOfAnswer } from './review.ts';
import type { Agent, AgentFiles, RunAgent, RunContext } from './run-context.ts';
import type { RememberedReply } from './sub-call-memory.ts';

/** Where a sub-agent hangs in the tree, and what ends it from above. */
export interface Birth {
  readonly callId: string;
  readonly within: AbortSignal;
}

/** The agents that one agent calls: each is born, does its work and is remembered. */
export class SubAgents {
  readonly #run: RunContext;
  readonly #parent: Agent;
  readonly #runAgent: RunAgent;

  constructor(run: RunContext, parent: Agent, runAgent: RunAgent) {
    this.#run = run;
    this.#parent = parent;
    this.#runAgent = runAgent;
  }

  /** One without a REPL: a prompt, a reply. */
  plain(
    { model: tier, schema }: Extract<HostCall, { op: 'llm_query' | 'llm_batch' }>,
    task: string,
    birth: Birth,
  ): Promise<unknown> {
    const model = this.#run.models[tier ?? 'sub'];
    return this.#remembered(['llm', model.spec, task, schema], { role: 'llm', task, model }, birth, async (agent) => {
      const value = await runPlainCall(this.#run, agent, schema);
      return { value, outcome: 'answered', answer: asText(value) };
    });
  }

  /** One with a REPL and files of its own. */
  recursive(task: string, files: AgentFiles, schema: ReplySchema | undefined, birth: Birth): Promise<unknown> {
    const run = this.#run;
    const paths = files.snapshot.files.map((file) => file.path);
    const key = ['rlm', task, paths, files.texts, schema, this.#parent.depth];
    return this.#remembered(key, { role: 'rlm', task, model: run.models.sub }, birth, async (agent) => {
      const result = await this.#runAgent(run, agent, files, reviewChildAnswer(run.snapshot, schema));
      return { ...result, value: valueOfAnswer(result, schema, run.snapshot) };
    });
  }

  async #remembered<T>(
    key: unknown,
    what: Pick<Agent, 'role' | 'task' | 'model'>,
    { callId, within }: Birth,
    work: (agent: Agent) => Promise<Lived<T>>,
  ): Promise<unknown> {
    const run = this.#run;
    const { signal, stop } = stoppableSignal(within);
    const depth = this.#parent.depth + (what.role === 'rlm' ? 1 : 0);
    const agent: Agent = { ...what, id: run.nextId('agent'), parentId: this.#parent.id, depth, signal };
    const made = run.memory.recall(key, within, async () => ({
      agentId: agent.id,
      value: await liveAs(run, agent, { callId, stop }, () => work(agent)),
    }));
    if (!made.known) return (await made.reply).value;
    try {
      // A reply that another agent's call makes is not waited for when this one is stopped.
      const answered = await orAborted(made.reply, within);
      this.#showRemembered(agent, callId, answered);
      return answered.value;
    } catch (error) {
      // Nor is it lost with that call.
      if (made.within.aborted && !within.aborted) return this.#remembered(key, what, { callId, within }, work);
      throw error;
    }
  }

  #showRemembered(agent: Agent, callId: string, { agentId, value }: RememberedReply): void {
    const { role, depth, task } = agent;
    const answer = asText(value);
    this.#run.emit(agent, {
      type: 'agent-start',
      role,
      depth,
      model: agent.model.spec,
      task,
      callId,
      cachedFrom: agentId,
    });
    this.#run.emit(agent, { type: 'agent-end', outcome: 'answered', answer, ms: 0 });
  }
}

const asText = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
