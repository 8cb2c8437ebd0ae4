import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { defaultLimits } from '../agent/limits.ts';
import { EvalLedger } from '../eval/budget.ts';
import { createAnswerer, type ModelsFor } from '../eval/node/answerer.ts';
import { Corpora } from '../eval/node/corpora.ts';
import { Journal, JournalError } from '../eval/node/journal.ts';
import { loadItems, SetError } from '../eval/node/load-items.ts';
import { type LoadedItems, madeSetNames } from '../eval/node/made-sets.ts';
import { oracleModel } from '../eval/oracle.ts';
import { digestOf, type EvalPlan } from '../eval/plan.ts';
import type { EvalRecord } from '../eval/record.ts';
import { type Evaluation, kindReports } from '../eval/report/evaluation.ts';
import { htmlReport } from '../eval/report/html.ts';
import { markdownReport } from '../eval/report/markdown.ts';
import { markdownTable, tableOf } from '../eval/report/table.ts';
import { type EvalTask, runSchedule, tasksOf } from '../eval/schedule.ts';
import { WorkspaceError } from '../workspace/workspace-error.ts';
import { chooseCliModels } from './chosen-models.ts';
import { CliError } from './cli-error.ts';
import { type CliHost, print } from './cli-host.ts';
import { composePorts } from './compose.ts';
import type { EvalCommand } from './eval-arguments.ts';
import { checkFolder } from './folders.ts';
import { Interruption } from './interruption.ts';
import { sanitizeLine } from './sanitize.ts';
import { sha256 } from './sha256.ts';

/** Runs an evaluation to its end, or as far as its budget goes, and writes its reports. @returns the exit code. @throws CliError */
export async function evaluate(command: EvalCommand, host: CliHost): Promise<number> {
  const interruption = new Interruption(host);
  try {
    return await new Evaluating(command, host).run(interruption.signal);
  } catch (error) {
    if (error instanceof SetError || error instanceof JournalError) throw new CliError(error.message, 2);
    if (error instanceof WorkspaceError || error instanceof RangeError) throw new CliError(error.message, 1);
    throw error;
  } finally {
    interruption.dispose();
  }
}

interface Models {
  readonly names: { readonly root: string; readonly sub: string };
  readonly of: ModelsFor;
}

class Evaluating {
  readonly #command: EvalCommand;
  readonly #host: CliHost;
  readonly #out: string;

  constructor(command: EvalCommand, host: CliHost) {
    this.#command = command;
    this.#host = host;
    this.#out = resolve(host.cwd, command.out);
  }

  async run(signal: AbortSignal): Promise<number> {
    const models = await this.#models();
    const loaded = await this.#items();
    for (const note of loaded.notes) this.#say(note);
    await mkdir(this.#out, { recursive: true }).catch(() => {
      throw new CliError(`the folder '${this.#command.out}' cannot be made; give --out another one`, 2);
    });
    const plan = planOf(loaded, models, this.#perRun(), this.#command);
    const journal = await Journal.open(join(this.#out, 'results.jsonl'), plan);
    const tasks = tasksOf(loaded.items, this.#command.systems, this.#command.repeat);
    const records = () => tasks.flatMap(({ key }) => journal.records.get(key) ?? []);
    try {
      const ended = await this.#answerAll(tasks, loaded, models, journal, signal);
      const { version } = this.#host;
      await this.#report({
        models: models.names,
        version,
        records: records(),
        planned: tasks.length,
        notes: loaded.notes,
      });
      if (ended === 'budget')
        this.#say('The budget does not hold another run; start it again with a larger one to go on.');
      return ended === 'budget' ? 3 : ended === 'interrupted' ? 130 : 0;
    } finally {
      await journal.close();
    }
  }

  async #models(): Promise<Models> {
    const { models } = this.#command;
    if (models.kind === 'oracle') {
      const name = `oracle:${models.skill}`;
      const of: ModelsFor = (item, snapshot) => {
        const oracle = oracleModel(models.skill, item, snapshot);
        return { root: oracle, sub: oracle };
      };
      return { names: { root: name, sub: name }, of };
    }
    const { root, sub, sentence } = await chooseCliModels(models.wish, this.#host.env);
    this.#say(`Model: ${sentence}`);
    return { names: { root: root.spec, sub: sub.spec }, of: () => ({ root, sub }) };
  }

  async #items(): Promise<LoadedItems> {
    const { sets, repos, from } = this.#command;
    const { cwd, projectDir } = this.#host;
    return await loadItems({
      ...this.#command,
      sets: sets.map((set) => (madeSetNames.some((name) => name === set) ? set : resolve(cwd, set))),
      repos: repos === undefined ? undefined : await checkFolder(repos, cwd),
      from: from === undefined ? projectDir : await checkFolder(from, cwd),
    });
  }

  #perRun(): {
    readonly maxCostUsd: number;
    readonly maxTokens: number;
    readonly maxCalls: number;
    readonly maxSeconds: number;
  } {
    const { maxCostUsd, maxTokens, maxCalls, maxSeconds } = { ...defaultLimits, ...this.#command.run };
    return { maxCostUsd, maxTokens, maxCalls, maxSeconds };
  }

  async #answerAll(
    all: readonly EvalTask[],
    { sources }: LoadedItems,
    models: Models,
    journal: Journal,
    signal: AbortSignal,
  ): ReturnType<typeof runSchedule> {
    const { maxCostUsd, maxTokens, windowTokens, parallel } = this.#command;
    const done = journal.records;
    const tasks = all.filter(({ key }) => !done.has(key));
    if (tasks.length < all.length) this.#say(`${all.length - tasks.length} of ${all.length} results are there already`);
    const ledger = new EvalLedger({ maxCostUsd, maxTokens }, this.#perRun(), spentOn(done.values()));
    const ports = composePorts(this.#host);
    const limits = { ...this.#perRun(), ...ledger.perRun };
    const corpora = new Corpora(sources, ports.search);
    const answer = createAnswerer({ ports, corpora, modelsFor: models.of, limits, windowTokens });
    let count = all.length - tasks.length;
    const keep = async (record: EvalRecord): Promise<void> => {
      await journal.keep(record);
      this.#say(progressText(record, ++count, all.length));
    };
    try {
      return await runSchedule({ tasks, parallel, ledger, answer, keep, signal });
    } finally {
      await Promise.all([ports.repls.close(), ports.search.close(), ports.symbols?.close()]);
    }
  }

  async #report(evaluation: Evaluation): Promise<void> {
    await writeFile(join(this.#out, 'report.md'), markdownReport(evaluation));
    await writeFile(join(this.#out, 'report.html'), htmlReport(evaluation));
    const tables = kindReports(evaluation).map(({ kind, rows }) => `${kind}\n${markdownTable(tableOf(rows))}\n`);
    await print(this.#host.stdout, `${tables.join('\n')}\n`);
    this.#say(`Written: ${join(this.#command.out, 'report.md')}, report.html and results.jsonl`);
  }

  #say(line: string): void {
    this.#host.stderr.write(`${sanitizeLine(line)}\n`);
  }
}

function planOf(
  { items }: LoadedItems,
  { names }: Models,
  perRun: Readonly<Record<string, number>>,
  { windowTokens }: EvalCommand,
): EvalPlan {
  return { type: 'plan', items: digestOf(items, sha256), models: names, limits: { ...perRun, windowTokens } };
}

function spentOn(records: Iterable<EvalRecord>) {
  let costUsd = 0;
  let tokens = 0;
  for (const record of records) {
    costUsd += record.costUsd ?? 0;
    tokens += record.promptTokens + record.completionTokens;
  }
  return { costUsd, tokens };
}

function progressText({ item, system, right, retrieval, outcome, ms }: EvalRecord, count: number, all: number): string {
  const judged =
    right === null ? (retrieval.r5 === null ? '' : `recall@5 ${retrieval.r5.toFixed(2)}`) : right ? 'right' : 'wrong';
  const ended = outcome === 'answered' ? '' : ` (${outcome})`;
  return `${count}/${all} ${item} ${system} ${judged}${ended} ${(ms / 1000).toFixed(1)} s`;
}
