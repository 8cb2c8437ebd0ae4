import { noOutput, readReport } from '../cell-report.ts';
import type { AnswerState, CellLimits, CellResult } from '../repl.ts';
import { answerCall, type OnCall } from './answer-call.ts';
import { parseJsonBytes } from './json-bytes.ts';
import { PausableTimer } from './pausable-timer.ts';
import type { SealedWorker, WorkerListener } from './sealed-worker.ts';

/** How long an interrupted cell may take to unwind before its interpreter is ended. */
const graceMs = 1000;

type StopCause = 'time' | 'host';

export interface Cell {
  readonly code: string;
  readonly number: number;
  readonly limits: CellLimits;
  readonly onCall: OnCall;
  /** `answer` before the cell, for the case that its interpreter is lost. */
  readonly answer: AnswerState;
}

/** One cell on its way: answers its host calls, keeps its time, and ends it when it must. Resolves exactly once. */
export class CellRun implements WorkerListener {
  readonly #worker: SealedWorker;
  readonly #cell: Cell;
  readonly #timer: PausableTimer;
  readonly #calls = new AbortController();
  readonly #started = performance.now();
  readonly #resolve: (result: CellResult) => void;
  readonly result: Promise<CellResult>;
  #waitMs = 0;
  #stopped: StopCause | null = null;
  #grace: NodeJS.Timeout | null = null;
  #finished = false;

  constructor(worker: SealedWorker, cell: Cell) {
    this.#worker = worker;
    this.#cell = cell;
    this.#timer = new PausableTimer(cell.limits.cellMs, () => this.stop('time'));
    let settle: (result: CellResult) => void = () => undefined;
    this.result = new Promise((resolve) => {
      settle = resolve;
    });
    this.#resolve = settle;
    worker.run({ code: cell.code, number: cell.number, outputChars: cell.limits.outputChars }, this);
  }

  /** Interrupts; when that is not heard, ends the interpreter. */
  stop(cause: StopCause): void {
    if (this.#stopped || this.#finished) return;
    this.#stopped = cause;
    this.#timer.stop();
    this.#worker.interrupt();
    this.#grace = setTimeout(() => void this.#worker.terminate('it did not react to an interrupt'), graceMs);
    this.#calls.abort(new Error('The cell was interrupted.'));
  }

  onCall(id: number, request: Uint8Array): void {
    // A cell that caught its interrupt and asks again gets no answer: its grace is running.
    if (this.#stopped) return;
    const started = performance.now();
    this.#timer.pause();
    void answerCall(request, this.#cell.onCall, this.#calls.signal).then((bytes) => {
      this.#waitMs += performance.now() - started;
      if (this.#finished || this.#stopped) return;
      this.#timer.resume();
      this.#worker.reply(id, bytes);
    });
  }

  onDone(bytes: Uint8Array, ms: number, waitMs: number): void {
    const report = readReport(parseJsonBytes(bytes), this.#cell.limits);
    const { output, answer, variables, looks } = report;
    const interrupted = report.ended === 'interrupted' && this.#stopped !== null;
    const status = interrupted ? 'interrupted' : report.ended === 'ok' ? 'ok' : 'error';
    const error = interrupted ? `${this.#why()} Variables are kept.\n${report.error}`.trim() : report.error;
    this.#finish({ status, output, error, answer, variables, looks, ms, waitMs });
  }

  onEnd(reason: string): void {
    const why = this.#stopped ? `${this.#why()} The cell did not react to that` : `The interpreter ended: ${reason}`;
    this.#finish({
      status: 'lost',
      output: noOutput,
      error: `${why}. All variables and this cell's output are gone; the next cell runs in a fresh interpreter with the same files.`,
      answer: this.#cell.answer,
      variables: [],
      ms: Math.max(0, performance.now() - this.#started - this.#waitMs),
      waitMs: this.#waitMs,
    });
  }

  #why(): string {
    const seconds = this.#cell.limits.cellMs / 1000;
    return this.#stopped === 'time'
      ? `The cell was interrupted after ${seconds} s of its own work (waiting for llm_query and the like does not count): do less in one cell.`
      : 'The cell was interrupted by the host.';
  }

  #finish(result: CellResult): void {
    if (this.#finished) return;
    this.#finished = true;
    this.#timer.stop();
    if (this.#grace) clearTimeout(this.#grace);
    this.#calls.abort(new Error('The cell has ended.'));
    this.#resolve(result);
  }
}
