import { schemaProblem } from '../models/schema.ts';
import type { BatchItem, ChildFiles, ChildTask, HostCall, ReplySchema } from '../repl/host-call.ts';
import { HostRefusal, type ReplOptions } from '../repl/repl.ts';
import { orAborted } from '../util/or-aborted.ts';
import { selectFiles } from '../workspace/selection.ts';
import { type Lived, liveAs, messageOf, stoppableSignal } from './agent-life.ts';
import { lookUp } from './lookups.ts';
import { runPlainCall } from './plain-call.ts';
import { reviewChildAnswer, valueOfAnswer } from './review.ts';
import type { Agent, AgentFiles, RunAgent, RunContext } from './run-context.ts';
import type { RememberedReply } from './sub-call-memory.ts';

/** Answers what an agent's Python asks of the host: plain calls, child agents, the budget. */
export class SubCalls {
  readonly #run: RunContext;
  readonly #parent: Agent;
  readonly #files: AgentFiles;
  readonly #runAgent: RunAgent;
  readonly #underWay = new Set<Promise<unknown>>();

  constructor(run: RunContext, parent: Agent, files: AgentFiles, runAgent: RunAgent) {
    this.#run = run;
    this.#parent = parent;
    this.#files = files;
    this.#runAgent = runAgent;
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
        return this.#search(call, signal);
      case 'symbols':
      case 'git':
        return lookUp(call, this.#run, this.#parent, this.#files, signal);
      case 'llm_query':
        return single(
          await this.#together(call, 1, signal, (callId, within) => [this.#plain(call, call.prompt, callId, within)]),
        );
      case 'llm_batch':
        return this.#together(call, call.prompts.length, signal, (callId, within) =>
          call.prompts.map((prompt) => this.#plain(call, prompt, callId, within)),
        );
      case 'rlm_query':
        return single(
          await this.#together(call, 1, signal, (callId, within) => [
            this.#child(call.child, call.schema, callId, within),
          ]),
        );
      case 'rlm_batch':
        return this.#together(call, call.children.length, signal, (callId, within) =>
          call.children.map((child) => this.#child(child, call.schema, callId, within)),
        );
    }
  }

  async #search({ query, k, files }: Extract<HostCall, { op: 'search' }>, signal: AbortSignal): Promise<unknown> {
    const within = AbortSignal.any([this.#parent.signal, signal]);
    try {
      return await this.#run.search.search({ text: query, k }, this.#filesFor('search', files), within);
    } catch (error) {
      if (error instanceof RangeError) throw new HostRefusal(error.message);
      throw error;
    }
  }

  /** Runs the items of one call at once. A failed item is a value, so one failure costs nothing but itself. */
  async #together(
    call: HostCall,
    count: number,
    signal: AbortSignal,
    start: (callId: string, within: AbortSignal) => readonly Promise<unknown>[],
  ): Promise<readonly BatchItem[]> {
    const run = this.#run;
    this.#admit(call, count);
    const callId = run.nextId('call');
    const startedAt = run.clock.now();
    run.emit(this.#parent, { type: 'call-start', callId, op: call.op, count });
    const within = AbortSignal.any([this.#parent.signal, signal, run.workSignal]);
    const items = await Promise.all(start(callId, within).map(asItem));
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

  #plain(
    call: Extract<HostCall, { op: 'llm_query' | 'llm_batch' }>,
    task: string,
    callId: string,
    within: AbortSignal,
  ): Promise<unknown> {
    const model = this.#run.models[call.model ?? 'sub'];
    return this.#remembered(
      ['llm', model.spec, task, call.schema],
      { role: 'llm', task, callId, model },
      within,
      async (agent) => {
        const value = await runPlainCall(this.#run, agent, call.schema);
        return { value, outcome: 'answered', answer: asText(value) };
      },
    );
  }

  async #child(
    child: ChildTask,
    schema: ReplySchema | undefined,
    callId: string,
    within: AbortSignal,
  ): Promise<unknown> {
    const run = this.#run;
    const files = this.#filesFor(`rlm_query(${JSON.stringify(child.task.slice(0, 40))}…)`, child);
    const key = [
      'rlm',
      child.task,
      files.snapshot.files.map((file) => file.path),
      files.texts,
      schema,
      this.#parent.depth,
    ];
    return this.#remembered(
      key,
      { role: 'rlm', task: child.task, callId, model: run.models.sub },
      within,
      async (agent) => {
        const result = await this.#runAgent(run, agent, files, reviewChildAnswer(run.snapshot, schema));
        return { ...result, value: valueOfAnswer(result, schema, run.snapshot) };
      },
    );
  }

  /** @param asker names the call, for who made it. */
  #filesFor(asker: string, { paths, texts }: ChildFiles): AgentFiles {
    const { snapshot } = this.#files;
    if (paths === null) return { snapshot, texts: { ...this.#files.texts, ...texts } };
    const unknown = paths.filter((path) => snapshot.file(path) === undefined && !(path in this.#files.texts));
    if (unknown.length > 0) throw new HostRefusal(`${asker}: no such files: ${unknown.slice(0, 5).join(', ')}`);
    const handed = Object.fromEntries(
      paths.filter((path) => path in this.#files.texts).map((path) => [path, this.#files.texts[path] ?? '']),
    );
    return { snapshot: selectFiles(snapshot, paths), texts: { ...handed, ...texts } };
  }

  async #remembered<T>(
    key: unknown,
    { callId, ...what }: Pick<Agent, 'role' | 'task' | 'model'> & { readonly callId: string },
    within: AbortSignal,
    work: (agent: Agent) => Promise<Lived<T>>,
  ): Promise<unknown> {
    const run = this.#run;
    const { signal, stop } = stoppableSignal(within);
    const depth = this.#parent.depth + (what.role === 'rlm' ? 1 : 0);
    const agent: Agent = { ...what, id: run.nextId('agent'), parentId: this.#parent.id, depth, signal };
    const { reply, known } = run.memory.recall(key, async () => ({
      agentId: agent.id,
      value: await liveAs(run, agent, { callId, stop }, () => work(agent)),
    }));
    // A reply that another agent's call makes is not waited for when this one is stopped.
    const answered = await (known ? orAborted(reply, within) : reply);
    if (known) this.#showRemembered(agent, callId, answered);
    return answered.value;
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
