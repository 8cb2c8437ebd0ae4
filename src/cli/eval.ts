import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { RunLimits } from '../agent/limits.ts';
import { EvalLedger } from '../eval/budget.ts';
import { JudgeError } from '../eval/judge/judge.ts';
import { createAnswerer } from '../eval/node/answerer.ts';
import { Corpora } from '../eval/node/corpora.ts';
import { Journal, JournalError } from '../eval/node/journal.ts';
import { SetError } from '../eval/node/load-items.ts';
import type { EvalRecord } from '../eval/record.ts';
import { type Evaluation, kindReports } from '../eval/report/evaluation.ts';
import { htmlReport } from '../eval/report/html.ts';
import { markdownReport } from '../eval/report/markdown.ts';
import { markdownTable, tableOf } from '../eval/report/table.ts';
import { type EndedEarly, runSchedule, type Schedule } from '../eval/schedule.ts';
import { WorkspaceError } from '../workspace/workspace-error.ts';
import { chooseCliModels } from './chosen-models.ts';
import { CliError } from './cli-error.ts';
import { type CliHost, print } from './cli-host.ts';
import { composePorts } from './compose.ts';
import type { EvalCommand } from './eval-arguments.ts';
import { type EvalSetup, setUpEval } from './eval-setup.ts';
import { workFor } from './eval-worker.ts';
import { Interruption } from './interruption.ts';
import { judgeAll } from './judging.ts';
import { sanitizeLine } from './sanitize.ts';

/** Runs an evaluation to its end, or as far as its budget goes, and writes its reports. @returns the exit code. @throws CliError */
export async function evaluate(command: EvalCommand, host: CliHost): Promise<number> {
  const interruption = new Interruption(host);
  const { signal } = interruption;
  try {
    const setup = await setUpEval(command, host);
    if (setup.sentence !== '') host.stderr.write(`Model: ${sanitizeLine(setup.sentence)}\n`);
    if (command.worker && command.queue !== undefined)
      return await workFor(command.queue, setup, command, host, signal);
    return await new Evaluating(command, host, setup).run(signal);
  } catch (error) {
    if (error instanceof SetError || error instanceof JournalError) throw new CliError(error.message, 2);
    const isTold = [WorkspaceError, RangeError, JudgeError].some((kind) => error instanceof kind);
    if (error instanceof Error && (isTold || error.name === 'QueueError')) throw new CliError(error.message, 1);
    throw error;
  } finally {
    interruption.dispose();
  }
}

/** Where tasks are answered. */
interface Answering {
  readonly answer: Schedule['answer'];
  /** Called when a result is kept. */
  readonly forget: (key: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

class Evaluating {
  readonly #command: EvalCommand;
  readonly #host: CliHost;
  readonly #setup: EvalSetup;
  readonly #out: string;

  constructor(command: EvalCommand, host: CliHost, setup: EvalSetup) {
    this.#command = command;
    this.#host = host;
    this.#setup = setup;
    this.#out = resolve(host.cwd, command.out);
  }

  async run(signal: AbortSignal): Promise<number> {
    const { models, loaded, plan, tasks } = this.#setup;
    for (const note of loaded.notes) this.#say(note);
    await mkdir(this.#out, { recursive: true }).catch(() => {
      throw new CliError(`the folder '${this.#command.out}' cannot be made; give --out another one`, 2);
    });
    const journal = await Journal.open(join(this.#out, 'results.jsonl'), plan);
    try {
      const answered = await this.#answerAll(journal, signal);
      const records = tasks.flatMap(({ key }) => journal.records.get(key) ?? []);
      const { version } = this.#host;
      await this.#report({ models, version, records, planned: tasks.length, notes: loaded.notes });
      const ended = answered === 'interrupted' ? answered : ((await this.#judge(journal, records, signal)) ?? answered);
      if (ended === 'budget')
        this.#say('The budget does not hold all of it; start it again with a larger one to go on.');
      return ended === 'budget' ? 3 : ended === 'interrupted' ? 130 : 0;
    } finally {
      await journal.close();
    }
  }

  /** Within what the runs have left. */
  async #judge(journal: Journal, records: readonly EvalRecord[], signal: AbortSignal): Promise<EndedEarly> {
    const { judge, judgeCostUsd, maxCostUsd, maxTokens, parallel } = this.#command;
    if (judge === undefined) return undefined;
    const { root: model } = await chooseCliModels(judge, this.#host.env);
    const { models, loaded } = this.#setup;
    const budget = {
      maxCostUsd: Math.min(judgeCostUsd, maxCostUsd - journal.spent.costUsd),
      maxTokens: maxTokens - journal.spent.tokens,
    };
    const say = (line: string) => this.#say(line);
    const judging = { model, models, items: loaded.items, records, ...budget, parallel, out: this.#out, say };
    return await judgeAll(judging, signal);
  }

  async #answerAll(journal: Journal, signal: AbortSignal): Promise<EndedEarly> {
    const { tasks: all, perRun } = this.#setup;
    const { maxCostUsd, maxTokens, parallel, retryFailed } = this.#command;
    const tasks = all.filter(({ key }) => {
      const known = journal.records.get(key);
      return known === undefined || (retryFailed && known.outcome === 'failed');
    });
    let count = all.length - tasks.length;
    if (count > 0) this.#say(`${count} of ${all.length} results are there already`);
    if (tasks.length === 0) return undefined;
    const ledger = new EvalLedger({ maxCostUsd, maxTokens }, perRun, journal.spent);
    const { answer, forget, close } = await this.#answering({ ...perRun, ...ledger.perRun });
    const keep = async (record: EvalRecord): Promise<void> => {
      await journal.keep(record);
      await forget(record.key);
      this.#say(progressText(record, ++count, all.length));
    };
    return await runSchedule({ tasks, parallel, ledger, answer, keep, signal }).finally(close);
  }

  #answering(limits: Partial<RunLimits>): Promise<Answering> | Answering {
    const { queue } = this.#command;
    return queue === undefined ? this.#here(limits) : this.#elsewhere(queue, limits);
  }

  #here(limits: Partial<RunLimits>): Answering {
    const { loaded, modelsFor } = this.#setup;
    const { windowTokens } = this.#command;
    const ports = composePorts(this.#host);
    const corpora = new Corpora(loaded.sources, ports.search);
    return {
      answer: createAnswerer({ ports, corpora, modelsFor, limits, windowTokens }),
      forget: async () => undefined,
      close: async () => {
        await Promise.all([ports.repls.close(), ports.search.close(), ports.symbols?.close()]);
      },
    };
  }

  async #elsewhere(url: string, limits: Partial<RunLimits>): Promise<Answering> {
    const { openQueue, queueName } = await import('../eval/node/queue.ts');
    const { plan } = this.#setup;
    const queue = await openQueue(url, plan, limits);
    this.#say(`Tasks wait at ${queueName(plan)}; start workers with the same arguments and --worker`);
    if ((await queue.countWorkers()) === 0) this.#say('No worker is there yet.');
    return queue;
  }

  async #report(evaluation: Evaluation): Promise<void> {
    await writeFile(join(this.#out, 'report.md'), markdownReport(evaluation));
    await writeFile(join(this.#out, 'report.html'), htmlReport(evaluation));
    const tables = kindReports(evaluation).map(
      ({ kind, rows }) => `${sanitizeLine(kind)}\n${markdownTable(tableOf(rows))}\n`,
    );
    await print(this.#host.stdout, `${tables.join('\n')}\n`);
    this.#say(`Written: ${join(this.#command.out, 'report.md')}, report.html and results.jsonl`);
  }

  #say(line: string): void {
    this.#host.stderr.write(`${sanitizeLine(line)}\n`);
  }
}

function progressText(record: EvalRecord, count: number, all: number): string {
  const { item, system, outcome, ms } = record;
  const ended = outcome === 'answered' ? '' : ` (${outcome})`;
  return `${count}/${all} ${item} ${system} ${scoreText(record)}${ended} ${(ms / 1000).toFixed(1)} s`;
}

function scoreText({ right, retrieval }: EvalRecord): string {
  if (right !== null) return right ? 'right' : 'wrong';
  return retrieval.r5 === null ? '' : `recall@5 ${retrieval.r5.toFixed(2)}`;
}
