import { profiles } from '../models/profiles/profile.ts';
import type { CellResult, Repl, ReplOptions } from '../repl/repl.ts';
import { messageOf } from './agent-life.ts';
import type { Agent, AgentFiles, RunContext } from './run-context.ts';

/** A cell that never ran. */
const nothing = {
  status: 'lost',
  output: { head: '', tail: '', totalChars: 0, totalLines: 0, omittedChars: 0 },
  answer: { content: '', ready: false },
  ms: 0,
  waitMs: 0,
} as const;

/** An agent's REPL, opened at its first cell: agents that are only waiting for a model hold no interpreter. */
export class AgentRepl {
  readonly #run: RunContext;
  readonly #agent: Agent;
  readonly #options: ReplOptions;
  #repl: Repl | undefined;
  #cells = 0;

  constructor(run: RunContext, agent: Agent, { snapshot, texts }: AgentFiles, onCall: ReplOptions['onCall']) {
    this.#run = run;
    this.#agent = agent;
    const index = snapshot.files.map((file) => [file.path, file.offset, file.byteLength] as const);
    this.#options = { corpus: { bytes: snapshot.bytes, index, texts }, question: agent.task, onCall };
  }

  /** @throws when no interpreter can be had. */
  async run(code: string): Promise<{ readonly cell: number; readonly result: CellResult }> {
    const run = this.#run;
    const cell = ++this.#cells;
    run.emit(this.#agent, { type: 'cell-start', cell, code });
    try {
      return { cell, result: await this.#runCell(cell, code) };
    } catch (error) {
      this.#end(cell, { ...nothing, error: messageOf(error) });
      throw error;
    }
  }

  async #runCell(cell: number, code: string): Promise<CellResult> {
    const run = this.#run;
    this.#repl ??= await this.#open();
    const { outputChars = run.limits.outputChars } = profiles[this.#agent.model.profile ?? 'frontier'];
    const limits = {
      cellMs: run.limits.cellSeconds * 1000,
      outputChars: Math.min(outputChars, run.limits.outputChars),
    };
    const result = await this.#repl.run(code, limits, this.#agent.signal);
    run.meter.addCell(result.ms);
    this.#end(cell, result);
    return result;
  }

  #end(cell: number, { status, output, error, answer, looks, ms, waitMs }: Omit<CellResult, 'variables'>): void {
    const ended = { cell, status, output, error, answer, ...(looks && { looks }), ms, waitMs };
    this.#run.emit(this.#agent, { type: 'cell-end', ...ended });
  }

  /** Never rejects: what an agent found does not depend on how its interpreter goes. */
  async close(): Promise<void> {
    await this.#repl?.close().catch(() => undefined);
  }

  async #open(): Promise<Repl> {
    const startedAt = this.#run.clock.now();
    const repl = await this.#run.repls.open(this.#options, this.#agent.depth, this.#agent.signal);
    this.#run.meter.replReady(this.#run.clock.now() - startedAt);
    return repl;
  }
}
