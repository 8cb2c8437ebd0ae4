import { createHash } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RunEvent } from '../events.ts';
import { encodeEvent } from '../log-format.ts';
import { createRedactor } from '../redact.ts';

/** Lines are made when they are written, while models are waited for, and not in the rush of their replies. */
const flushMs = 50;

export interface RunLog {
  /** Never throws and never waits: lines reach the disk in order, about 50 ms later. The event must not change after. */
  write(event: RunEvent): void;
  /** Writes what is pending. Never rejects. Idempotent. */
  close(): Promise<void>;
  /** Why the log could not be written; the run goes on without it. */
  readonly failed: string | undefined;
}

export interface RunLogOptions {
  /** Values that must never reach the disk, such as the API key. */
  readonly secrets?: readonly string[];
  /** Called once, when writing first fails. */
  readonly onTrouble?: (problem: string) => void;
}

/** Where the large texts of a log are. */
export const textsFolder = (file: string): string => `${file}.texts`;

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Starts the log of one run, replacing what the file held. Touches the disk with the first event, not before. */
export function openRunLog(file: string, options: RunLogOptions = {}): RunLog {
  return new FileRunLog(file, options);
}

class FileRunLog implements RunLog {
  failed: string | undefined;
  readonly #file: string;
  readonly #redact: (text: string) => string;
  readonly #onTrouble: (problem: string) => void;
  readonly #known = new Set<string>();
  #events: RunEvent[] = [];
  #timer: NodeJS.Timeout | undefined;
  #handle: FileHandle | undefined;
  #writing: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(file: string, { secrets = [], onTrouble = () => undefined }: RunLogOptions) {
    this.#file = file;
    this.#redact = createRedactor(secrets);
    this.#onTrouble = onTrouble;
  }

  write(event: RunEvent): void {
    if (event.type === 'model-delta' || this.failed !== undefined || this.#closed) return;
    this.#events.push(event);
    this.#timer ??= setTimeout(() => this.#flush(), flushMs).unref();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#flush();
    await this.#writing;
    await this.#handle?.close().catch((error: unknown) => this.#fail(error));
    this.#handle = undefined;
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const events = this.#events;
    this.#events = [];
    if (events.length === 0) return;
    this.#writing = this.#writing.then(() => this.#append(events)).catch((error: unknown) => this.#fail(error));
  }

  /** Texts first: a line on the disk never names a text that was yet to be written. */
  async #append(events: readonly RunEvent[]): Promise<void> {
    if (this.failed !== undefined) return;
    this.#handle ??= await this.#begin();
    let lines = '';
    for (const event of events) {
      const { line, texts } = encodeEvent(event, { redact: this.#redact, hash: sha256 });
      lines += `${line}\n`;
      for (const [hash, text] of texts) await this.#keepText(hash, text);
      // A batch of large prompts is milliseconds for each, and others share this thread.
      if (texts.size > 0) await nextTurn();
    }
    await this.#handle.appendFile(lines);
  }

  async #begin(): Promise<FileHandle> {
    await mkdir(dirname(this.#file), { recursive: true });
    await removeTexts(this.#file);
    // 'w' and not 'a': a run has a log of its own. Readable by its owner only, for it holds source code.
    return await open(this.#file, 'w', 0o600);
  }

  async #keepText(hash: string, text: string): Promise<void> {
    if (this.#known.has(hash)) return;
    this.#known.add(hash);
    const folder = textsFolder(this.#file);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const partial = join(folder, `${hash}.partial`);
    await writeFile(partial, text, { mode: 0o600 });
    await rename(partial, join(folder, hash));
  }

  #fail(error: unknown): void {
    if (this.failed !== undefined) return;
    this.failed = error instanceof Error ? error.message : String(error);
    this.#onTrouble(this.failed);
  }
}

/** Removes a log's texts and their folder, and nothing else that might be in it. */
export async function removeTexts(file: string): Promise<void> {
  const folder = textsFolder(file);
  const names = await readdir(folder).catch(() => []);
  const ours = names.filter((name) => /^[0-9a-f]{64}(?:\.partial)?$/.test(name));
  await Promise.all(ours.map((name) => rm(join(folder, name), { force: true })));
  if (names.length > 0 && ours.length === names.length) await rm(folder, { recursive: true, force: true });
}
