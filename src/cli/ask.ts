import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { writeAnswer } from '../citations/saved-answer.ts';
import type { Engine, Outcome, RunEnd } from '../engine-api.ts';
import type { RunEvent } from '../runs/events.ts';
import { newLogFile, pruneLogs } from '../runs/node/log-folder.ts';
import { openRunLog, type RunLog } from '../runs/node/run-log.ts';
import type { RunState } from '../runs/run-state.ts';
import { emptyRun, reduceRun } from '../runs/run-tree.ts';
import { endUnfinished } from '../runs/unfinished.ts';
import { answerText } from './answer-text.ts';
import type { AskCommand } from './arguments.ts';
import { CliError } from './cli-error.ts';
import { type CliHost, print } from './cli-host.ts';
import { checkFolder, checkLogFile } from './folders.ts';
import { Interruption } from './interruption.ts';
import { jsonReport } from './json-report.ts';
import { createPaint, wantsColors } from './paint.ts';
import { createProgress, type Progress } from './progress.ts';
import { sanitizeLine } from './sanitize.ts';
import { secretsOf } from './secrets.ts';
import { sha256 } from './sha256.ts';
import { stateFolder } from './user-folders.ts';

const exitCodes: Readonly<Record<Outcome, number>> = { answered: 0, failed: 1, exhausted: 3, cancelled: 130 };

/** Longest wait for the engine to give its workers back once everything is printed. */
const closeMs = 400;

/** Asks one question and prints what came of it. @returns the exit code. @throws CliError before there is a run. */
export async function ask(command: AskCommand, host: CliHost): Promise<number> {
  const interruption = new Interruption(host);
  try {
    const dirs = await Promise.all(chosenDirs(command, host).map((dir) => checkFolder(dir, host.cwd)));
    const logs = join(stateFolder(host.env, host.platform), 'runs');
    const file = await chosenLog(command, host, logs);
    if (command.save !== undefined && resolve(host.cwd, command.save) === file)
      throw new CliError('--save and --events name the same file; give one of them another name', 2);
    if (command.sample)
      host.stderr.write(`No question given; asking a sample one of this project: ${command.question}\n`);
    const { env, bundleDir, version, platform } = host;
    const { models, sandbox, snapshot } = command;
    const composing = host.compose({ dirs, models, sandbox, snapshot, bundleDir, version, env, platform });
    const composed = await interruption.within(composing);
    if (composed === undefined) throw new CliError('cancelled before the run began', 130);
    const { engine, sentence } = composed;
    host.stderr.write(`Model: ${sanitizeLine(sentence)}\n`);
    const code = await new Asking(command, host, interruption, file).run(engine);
    const pruned = command.events === undefined ? pruneLogs(logs) : undefined;
    await Promise.race([Promise.allSettled([engine.close(), pruned]), pause(closeMs)]);
    return code;
  } finally {
    interruption.dispose();
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms).unref());

function chosenDirs({ dirs, sample }: AskCommand, host: CliHost): readonly string[] {
  if (sample) return [host.projectDir];
  return dirs.length === 0 ? ['.'] : dirs;
}

const chosenLog = async ({ events }: AskCommand, host: CliHost, logs: string): Promise<string> =>
  events === undefined ? newLogFile(logs, new Date(host.now())) : checkLogFile(events, host.cwd);

/** Milliseconds that what is shown may lag behind what happens. */
const frameMs = 40;

/** One run between its first event and its last printed line. */
class Asking {
  readonly #command: AskCommand;
  readonly #host: CliHost;
  readonly #interruption: Interruption;
  readonly #file: string;
  readonly #log: RunLog;
  readonly #progress: Progress;
  #state: RunState = emptyRun;
  /** Logged, and not yet in the state. */
  #unseen: RunEvent[] = [];
  #look: NodeJS.Timeout | undefined;
  #ended = false;

  constructor(command: AskCommand, host: CliHost, interruption: Interruption, file: string) {
    this.#command = command;
    this.#host = host;
    this.#interruption = interruption;
    this.#file = file;
    this.#progress = createProgress(host);
    const onTrouble = (problem: string) => this.#say(`The log of this run cannot be written: ${problem}`);
    this.#log = openRunLog(file, { secrets: secretsOf(host.env, command.models.headers), onTrouble });
  }

  async run(engine: Engine): Promise<number> {
    const { question, limits } = this.#command;
    const { signal } = this.#interruption;
    const run = engine.ask(question, { limits, signal, onEvent: (event) => this.#take(event) });
    const end = (await this.#interruption.within(run.done)) ?? this.#endNow();
    this.#reduce();
    this.#progress.stop();
    await this.#interruption.within(this.#log.close());
    const isSaved = await this.#save(end);
    await this.#print(end);
    return isSaved || end.outcome !== 'answered' ? exitCodes[end.outcome] : exitCodes.failed;
  }

  #take(event: RunEvent): void {
    if (this.#ended) return;
    this.#ended = event.type === 'run-end';
    this.#log.write(event);
    this.#unseen.push(event);
    this.#look ??= setTimeout(() => this.#reduce(), frameMs);
  }

  /** A frame later than the events: while a batch of calls is under way, the next request goes out before the picture of the last. */
  #reduce(): void {
    clearTimeout(this.#look);
    this.#look = undefined;
    for (const event of this.#unseen.splice(0)) {
      this.#state = reduceRun(this.#state, event);
      this.#progress.show(event, this.#state);
    }
  }

  /** The run did not end in time after Ctrl-C; what it had found is not lost with it. */
  #endNow(): RunEnd {
    this.#reduce();
    const end = endUnfinished(this.#state, 'The run was cancelled.', this.#host.now());
    this.#take(end);
    return end;
  }

  async #print(end: RunEnd): Promise<void> {
    const { stdout, env } = this.#host;
    const log = this.#log.failed === undefined ? this.#file : undefined;
    if (this.#command.json) return await print(stdout, `${JSON.stringify(jsonReport(end, this.#state, log))}\n`);
    const paint = createPaint(wantsColors(stdout, env));
    const columns = stdout.isTTY === true ? Math.max(20, stdout.columns ?? 80) : 160;
    if (stdout.isTTY === true) this.#host.stderr.write('\n');
    await print(stdout, answerText(end, { columns, paint, log }));
    if (end.outcome !== 'answered') this.#say(`${titles[end.outcome]}: ${end.reason}`);
  }

  /** @returns false when it was asked for and cannot be done. */
  async #save(end: RunEnd): Promise<boolean> {
    const { save, question } = this.#command;
    if (save === undefined) return true;
    const answer = writeAnswer({ question, about: [], models: this.#state.models, end, at: end.at }, sha256);
    try {
      await writeFile(resolve(this.#host.cwd, save), answer);
      return true;
    } catch (error) {
      this.#say(`The answer cannot be saved: ${error instanceof Error ? error.message : String(error)}`);
      return false;
    }
  }

  #say(line: string): void {
    this.#host.stderr.write(`${sanitizeLine(line)}\n`);
  }
}

const titles: Readonly<Record<Exclude<Outcome, 'answered'>, string>> = {
  failed: 'Failed',
  exhausted: 'Stopped by a limit; the answer is partial',
  cancelled: 'Cancelled',
};
