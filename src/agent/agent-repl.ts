import { profiles } from '../models/profiles/profile.ts';
import type { CellLimits, CellResult, ReplOptions } from '../repl/repl.ts';
import type { Snapshot } from '../workspace/snapshot.ts';
import { messageOf } from './agent-life.ts';
import { HeldRepl } from './held-repl.ts';
import type { Agent, AgentFiles, RunContext } from './run-context.ts';

/** What an agent's REPL is opened with. */
export function replOptions(
  { task }: Pick<Agent, 'task'>,
  { snapshot, texts }: AgentFiles,
  onCall: ReplOptions['onCall'],
): ReplOptions {
  const index = snapshot.files.map((file) => [file.path, file.offset, file.byteLength] as const);
  return { corpus: { bytes: snapshot.bytes, index, texts }, question: task, onCall };
}

/** A look through all of a gigabyte takes one to four seconds, by the machine (docs/scale.md); a cell has time for it on top. */
const secondsPerGigabyte = 6;

export function cellLimits(
  { limits, snapshot }: Pick<RunContext, 'limits'> & { readonly snapshot: Pick<Snapshot, 'bytes'> },
  { model }: Pick<Agent, 'model'>,
): CellLimits {
  const { outputChars = limits.outputChars } = profiles[model.profile ?? 'frontier'];
  const seconds = limits.cellSeconds + Math.floor((snapshot.bytes.byteLength / 1e9) * secondsPerGigabyte);
  return { cellMs: seconds * 1000, outputChars: Math.min(outputChars, limits.outputChars) };
}

/** A cell that never ran. */
const nothing = {
  status: 'lost',
  output: { head: '', tail: '', totalChars: 0, totalLines: 0, omittedChars: 0 },
  answer: { content: '', ready: false },
  variables: [],
  ms: 0,
  waitMs: 0,
} as const;

/** An agent's REPL, opened at its first cell: agents that are only waiting for a model hold no interpreter. */
export class AgentRepl {
  readonly #run: RunContext;
  readonly #agent: Agent;
  readonly #options: ReplOptions;
  #held: HeldRepl | undefined;

  /** @param held one to go on with. */
  constructor(run: RunContext, agent: Agent, options: ReplOptions, held?: HeldRepl) {
    this.#run = run;
    this.#agent = agent;
    this.#options = options;
    this.#held = held;
  }

  /** @throws when no interpreter can be had. */
  async run(code: string): Promise<{ readonly cell: number; readonly result: CellResult }> {
    const run = this.#run;
    const cell = (this.#held?.cells ?? 0) + 1;
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
    this.#held ??= await this.#open();
    const result = await this.#held.run(code, cellLimits(run, this.#agent), this.#agent.signal);
    run.meter.addCell(result.ms);
    this.#end(cell, result);
    return result;
  }

  #end(cell: number, { status, output, error, answer, variables, looks, ms, waitMs }: CellResult): void {
    const kept = this.#agent.role === 'root' && { variables };
    const ended = { cell, status, output, error, answer, ...kept, ...(looks && { looks }), ms, waitMs };
    this.#run.emit(this.#agent, { type: 'cell-end', ...ended });
  }

  /** Gives the REPL away: this agent runs no more cells. `undefined` when it never had one. */
  leave(): HeldRepl | undefined {
    const held = this.#held;
    this.#held = undefined;
    return held;
  }

  async #open(): Promise<HeldRepl> {
    const startedAt = this.#run.clock.now();
    const held = await HeldRepl.open(this.#run.repls, this.#options, this.#agent.depth, this.#agent.signal);
    this.#run.meter.replReady(this.#run.clock.now() - startedAt);
    return held;
  }
}
