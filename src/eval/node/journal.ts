import { type FileHandle, mkdir, open, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { differenceOf, type EvalPlan } from '../plan.ts';
import { type EvalRecord, parseRecord } from '../record.ts';

/** Why results cannot be kept in a file; for people. */
export class JournalError extends Error {
  override readonly name = 'JournalError';
}

/** The results of an evaluation on disk: a plan, then a line of JSON for each result, appended whole. */
export class Journal {
  readonly #file: FileHandle;
  readonly #lock: string;
  readonly #records: Map<string, EvalRecord>;
  #spent: Spent;
  #last: Promise<void> = Promise.resolve();

  private constructor(file: FileHandle, lock: string, { records, spent }: ReadJournal) {
    this.#spent = spent;
    this.#file = file;
    this.#lock = lock;
    this.#records = records;
  }

  /**
   * Goes on with what the file holds, or begins it. What a kill left of a last line is cut off.
   * @throws JournalError when the file is of another plan, is no such file, cannot be written, or is in use.
   */
  static async open(path: string, plan: EvalPlan): Promise<Journal> {
    return await Journal.#open(path, plan).catch((error: unknown) => {
      if (error instanceof JournalError) throw error;
      const why = error instanceof Error ? error.message : String(error);
      throw new JournalError(`results cannot be kept in '${path}': ${why}; give --out another folder`);
    });
  }

  static async #open(path: string, plan: EvalPlan): Promise<Journal> {
    await mkdir(dirname(path), { recursive: true });
    const lock = `${path}.lock`;
    await takeLock(lock);
    try {
      const read = await readJournal(path, plan);
      const { wholeBytes, isNew } = read;
      if (!isNew) await truncate(path, wholeBytes);
      const file = await open(path, 'a');
      const journal = new Journal(file, lock, read);
      if (wholeBytes === 0) await journal.#append(plan);
      return journal;
    } catch (error) {
      await rm(lock, { force: true });
      throw error;
    }
  }

  /** By key; of results with the same key the last. */
  get records(): ReadonlyMap<string, EvalRecord> {
    return this.#records;
  }

  /** By all results, those that were replaced included. */
  get spent(): Spent {
    return this.#spent;
  }

  /** Resolves when the line is on the disk. */
  keep(record: EvalRecord): Promise<void> {
    this.#last = this.#last.then(async () => {
      await this.#append(record);
      this.#records.set(record.key, record);
      this.#spent = spentWith(this.#spent, record);
    });
    return this.#last;
  }

  async close(): Promise<void> {
    await this.#last.catch(() => undefined);
    await this.#file.close();
    await rm(this.#lock, { force: true });
  }

  async #append(line: EvalPlan | EvalRecord): Promise<void> {
    await this.#file.appendFile(`${JSON.stringify(line)}\n`);
    await this.#file.datasync();
  }
}

interface Spent {
  readonly costUsd: number;
  readonly tokens: number;
}

const nothing: Spent = { costUsd: 0, tokens: 0 };

const spentWith = ({ costUsd, tokens }: Spent, record: EvalRecord): Spent => ({
  costUsd: costUsd + (record.costUsd ?? 0),
  tokens: tokens + record.promptTokens + record.completionTokens,
});

interface ReadJournal {
  readonly spent: Spent;
  readonly records: Map<string, EvalRecord>;
  readonly wholeBytes: number;
  readonly isNew: boolean;
}

async function readJournal(path: string, plan: EvalPlan): Promise<ReadJournal> {
  const bytes = await readFile(path).catch(() => undefined);
  const wholeBytes = bytes === undefined ? 0 : bytes.lastIndexOf(10) + 1;
  const records = new Map<string, EvalRecord>();
  if (bytes === undefined || bytes.length === 0)
    return { records, spent: nothing, wholeBytes, isNew: bytes === undefined };
  const [first, ...lines] = bytes.toString('utf8', 0, wholeBytes).split('\n').slice(0, -1).map(parsed);
  const isTornPlan = wholeBytes === 0 && bytes.toString('utf8').startsWith('{"type"'.slice(0, bytes.length));
  if (!isTornPlan && !isPlan(first)) throw new JournalError(`'${path}' exists and holds no results of an evaluation`);
  const difference = isPlan(first) ? differenceOf(plan, first) : undefined;
  if (difference !== undefined)
    throw new JournalError(
      `'${path}' holds the results of another evaluation (${difference}); give --out another folder`,
    );
  const all = lines.flatMap((line) => parseRecord(line) ?? []);
  for (const record of all) records.set(record.key, record);
  return { records, spent: all.reduce(spentWith, nothing), wholeBytes, isNew: false };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

const typeOf = (line: unknown): unknown =>
  typeof line === 'object' && line !== null && 'type' in line ? line.type : undefined;

const isPlan = (line: unknown): line is EvalPlan => typeOf(line) === 'plan';

/** Holds the id of the process that writes; one that was killed left its own behind. */
async function takeLock(lock: string): Promise<void> {
  const mine = () => writeFile(lock, String(process.pid), { flag: 'wx' });
  try {
    await mine();
  } catch {
    const holder = Number(await readFile(lock, 'utf8').catch(() => '0'));
    if (isAlive(holder))
      throw new JournalError(`process ${holder} is writing these results; wait for it, or give --out another folder`);
    await rm(lock, { force: true });
    await mine();
  }
}

function isAlive(pid: number): boolean {
  if (!(pid > 0) || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
