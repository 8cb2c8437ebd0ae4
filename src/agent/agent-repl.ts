import { profiles } from '../models/profiles/profile.ts';
import type { CellResult, Repl, ReplOptions } from '../repl/repl.ts';
import type { Agent, AgentFiles, RunContext } from './run-context.ts';

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
    this.#repl ??= await this.#open();
    const { outputChars = run.limits.outputChars } = profiles[this.#agent.model.profile ?? 'frontier'];
    const limits = {
      cellMs: run.limits.cellSeconds * 1000,
      outputChars: Math.min(outputChars, run.limits.outputChars),
    };
    const result = await this.#repl.run(code, limits, this.#agent.signal);
    const { status, output, error, answer, looks, ms, waitMs } = result;
    run.meter.addCell(ms);
    run.emit(this.#agent, {
      type: 'cell-end',
      cell,
      status,
      output,
      error,
      answer,
      ...(looks && { looks }),
      ms,
      waitMs,
    });
    return { cell, result };
  }

  async close(): Promise<void> {
    await this.#repl?.close();
  }

  async #open(): Promise<Repl> {
    const startedAt = this.#run.clock.now();
    const repl = await this.#run.repls.open(this.#options, this.#agent.depth, this.#agent.signal);
    this.#run.meter.replReady(this.#run.clock.now() - startedAt);
    return repl;
  }
}
