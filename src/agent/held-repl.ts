import {
  type CellLimits,
  type CellResult,
  type Corpus,
  HostRefusal,
  type Repl,
  type ReplOptions,
  type ReplPool,
} from '../repl/repl.ts';

/** A REPL with what must be known of it to go on in another run: its host calls go to whoever asks now. */
export class HeldRepl {
  readonly #repl: Repl;
  readonly #calls: { to: ReplOptions['onCall'] };
  /** Cells run so far, whoever ran them: the next one's number is one more. */
  cells = 0;
  variables: readonly string[] = [];

  private constructor(repl: Repl, calls: { to: ReplOptions['onCall'] }) {
    this.#repl = repl;
    this.#calls = calls;
  }

  /** @param depth of the agent. Waits for a place. @throws when no interpreter can be had. */
  static async open(pool: ReplPool, options: ReplOptions, depth: number, signal: AbortSignal): Promise<HeldRepl> {
    const calls = { to: options.onCall };
    const onCall: ReplOptions['onCall'] = (call, within) => calls.to(call, within);
    return new HeldRepl(await pool.open({ ...options, onCall }, depth, signal), calls);
  }

  async run(code: string, limits: CellLimits, signal: AbortSignal): Promise<CellResult> {
    this.cells++;
    const result = await this.#repl.run(code, limits, signal);
    // A cell that was not even started reports none.
    if (result.status !== 'interrupted' || result.variables.length > 0) this.variables = result.variables;
    return result;
  }

  /** Nobody uses it for now: it holds on to nothing of the run that did. */
  rest(): void {
    this.answerCallsBy(() => Promise.reject(new HostRefusal('no question is under way')));
  }

  answerCallsBy(onCall: ReplOptions['onCall']): void {
    this.#calls.to = onCall;
  }

  /** Goes on with another question. @throws when the interpreter is gone, and with it the variables. */
  refresh(corpus: Corpus, question: string): Promise<void> {
    return this.#repl.refresh(corpus, question);
  }

  /** Never rejects: what an agent found does not depend on how its interpreter goes. */
  async close(): Promise<void> {
    await this.#repl.close().catch(() => undefined);
  }
}
