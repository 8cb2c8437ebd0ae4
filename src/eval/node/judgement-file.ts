import { type FileHandle, open, readFile, truncate } from 'node:fs/promises';
import { type Judgement, judgementKey, parseJudgement } from '../judge/judgement.ts';

/** The judgements of an evaluation on disk, one on a line, appended whole. Whoever opens it holds the evaluation's journal. */
export class JudgementFile {
  readonly #file: FileHandle;
  readonly #all: Map<string, Judgement>;
  #last: Promise<void> = Promise.resolve();

  private constructor(file: FileHandle, all: Map<string, Judgement>) {
    this.#file = file;
    this.#all = all;
  }

  /** Goes on with what the file holds. What a kill left of a last line is cut off; a line that is no judgement is passed over. */
  static async open(path: string): Promise<JudgementFile> {
    const bytes = await readFile(path).catch(() => undefined);
    const wholeBytes = (bytes?.lastIndexOf(10) ?? -1) + 1;
    const lines = bytes?.toString('utf8', 0, wholeBytes).split('\n') ?? [];
    const all = lines.flatMap((line) => parseJudgement(parsed(line)) ?? []);
    if (bytes !== undefined) await truncate(path, wholeBytes);
    return new JudgementFile(await open(path, 'a'), new Map(all.map((one) => [judgementKey(one), one])));
  }

  /** By `judgementKey`. */
  get all(): ReadonlyMap<string, Judgement> {
    return this.#all;
  }

  /** Resolves when the line is on the disk. */
  keep(one: Judgement): Promise<void> {
    this.#last = this.#last.then(async () => {
      await this.#file.appendFile(`${JSON.stringify(one)}\n`);
      await this.#file.datasync();
      this.#all.set(judgementKey(one), one);
    });
    return this.#last;
  }

  async close(): Promise<void> {
    await this.#last.catch(() => undefined);
    await this.#file.close();
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
