import { noOutput } from '../cell-report.ts';
import type { AnswerState, CellLimits, CellResult, Corpus, Repl, ReplOptions } from '../repl.ts';
import { CellRun } from './cell-run.ts';
import type { SealedWorker } from './sealed-worker.ts';

/** The pool, as a REPL sees it. */
export interface WorkerSource {
  /** A worker with a fresh interpreter attached to the corpus. */
  take(options: ReplOptions): Promise<SealedWorker>;
}

const refreshMs = 10_000;

export class SealedRepl implements Repl {
  #options: ReplOptions;
  readonly #workers: WorkerSource;
  readonly #leave: () => void;
  #worker: SealedWorker | null;
  #running: CellRun | null = null;
  #turn: Promise<unknown> = Promise.resolve();
  #answer: AnswerState = { content: '', ready: false };
  #cells = 0;
  #closed: Promise<void> | null = null;

  constructor(worker: SealedWorker, options: ReplOptions, workers: WorkerSource, leave: () => void) {
    this.#worker = worker;
    this.#options = options;
    this.#workers = workers;
    this.#leave = leave;
  }

  run(code: string, limits: CellLimits, signal: AbortSignal): Promise<CellResult> {
    const result = this.#turn.then(() => this.#run(code, limits, signal));
    this.#turn = result;
    return result;
  }

  refresh(corpus: Corpus, question: string): Promise<void> {
    const done = this.#turn.then(() => this.#refresh(corpus, question));
    this.#turn = done.catch(() => undefined);
    return done;
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #run(code: string, limits: CellLimits, signal: AbortSignal): Promise<CellResult> {
    if (this.#closed) return this.#notRun('lost', 'The interpreter is closed.');
    if (signal.aborted) return this.#notRun('interrupted', 'The cell was not started: the host interrupted it.');
    this.#cells += 1;
    try {
      this.#worker ??= await this.#workers.take(this.#options);
    } catch (error) {
      return this.#notRun('lost', `No interpreter could be started: ${error instanceof Error ? error.message : error}`);
    }
    return this.#watch(this.#worker, { code, limits, signal });
  }

  async #refresh(corpus: Corpus, question: string): Promise<void> {
    if (this.#closed || this.#worker === null || this.#worker.ended) throw new Error('The interpreter is gone.');
    this.#options = { ...this.#options, corpus, question };
    this.#answer = { content: '', ready: false };
    const worker = this.#worker;
    // Cells can have changed what our Python uses: it may never come back.
    const timer = setTimeout(() => void worker.terminate('it did not take the new files'), refreshMs);
    try {
      await worker.refresh(corpus, question);
    } catch (error) {
      this.#worker = null;
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  async #watch(
    worker: SealedWorker,
    { code, limits, signal }: { readonly code: string; readonly limits: CellLimits; readonly signal: AbortSignal },
  ): Promise<CellResult> {
    const { onCall } = this.#options;
    const run = new CellRun(worker, { code, limits, onCall, number: this.#cells, answer: this.#answer });
    this.#running = run;
    const onAbort = () => run.stop('host');
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted || this.#closed) onAbort();
    const result = await run.result;
    signal.removeEventListener('abort', onAbort);
    this.#running = null;
    this.#answer = result.answer;
    if (result.status === 'lost') this.#worker = null;
    return result;
  }

  async #close(): Promise<void> {
    this.#running?.stop('host');
    await this.#turn;
    await this.#worker?.terminate('its REPL closed');
    this.#worker = null;
    this.#leave();
  }

  #notRun(status: 'lost' | 'interrupted', error: string): CellResult {
    return { status, output: noOutput, error, answer: this.#answer, variables: [], ms: 0, waitMs: 0 };
  }
}
