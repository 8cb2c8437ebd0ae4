import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { CorpusText, OpenSpool, TextSpool } from '../corpus-bytes.ts';
import { openCorpus } from './corpus-reader.ts';
import { errorText } from './system.ts';

/**
 * Puts the text of large workspaces into files of a folder that only this user can enter. A file goes with the last holder
 * of its snapshot, at the latest with this process; what a killed process left goes when the next one needs the folder.
 */
export function spoolsIn(folder: string): OpenSpool {
  const files = new Set<string>();
  const gone = new FinalizationRegistry<() => void>((release) => release());
  const remove = (file: string): void => {
    try {
      rmSync(file, { force: true });
    } catch {
      // What cannot be removed now is, by the next process, as a leftover.
    }
    files.delete(file);
    if (files.size === 0) process.off('exit', removeAll);
  };
  const removeAll = () => [...files].forEach(remove);
  const keep = ({ bytes, reader }: CorpusText, file: string): CorpusText => {
    // What is called must not hold `bytes`.
    gone.register(bytes, () => {
      reader.close();
      remove(file);
    });
    return { bytes, reader };
  };
  return async () => {
    const file = join(folder, `${hostname()}-${process.pid}-${randomUUID()}.text`);
    if (files.size === 0) process.on('exit', removeAll);

    files.add(file);
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await removeLeftovers(folder);
      return new FileSpool(file, await open(file, 'wx', 0o600), keep, remove);
    } catch (error) {
      remove(file);
      throw new Error(cannotBeKept(file, error));
    }
  };
}

type Keep = (text: CorpusText, file: string) => CorpusText;

class FileSpool implements TextSpool {
  readonly #file: string;
  readonly #handle: FileHandle;
  readonly #keep: Keep;
  readonly #remove: (file: string) => void;
  #byteLength = 0;

  constructor(file: string, handle: FileHandle, keep: Keep, remove: (file: string) => void) {
    this.#file = file;
    this.#handle = handle;
    this.#keep = keep;
    this.#remove = remove;
  }

  async append(bytes: Uint8Array): Promise<void> {
    try {
      for (let written = 0; written < bytes.length; ) {
        const { bytesWritten } = await this.#handle.write(bytes, written);
        written += bytesWritten;
      }
    } catch (error) {
      throw new Error(cannotBeKept(this.#file, error));
    }
    this.#byteLength += bytes.length;
  }

  async finish(): Promise<CorpusText> {
    await this.#handle.close();
    const bytes = { file: this.#file, byteLength: this.#byteLength };
    return this.#keep({ bytes, reader: openCorpus(bytes) }, this.#file);
  }

  async discard(): Promise<void> {
    await this.#handle.close().catch(() => undefined);
    this.#remove(this.#file);
  }
}

const cannotBeKept = (file: string, error: unknown): string =>
  `The workspace's text is too large for memory and cannot be kept in ${file}: ${errorText(error)}. Make room there, or leave folders out of the question.`;

/** Files of processes of this machine that are no more. */
async function removeLeftovers(folder: string): Promise<void> {
  const mine = `${hostname()}-`;
  for (const name of await readdir(folder)) {
    const pid = name.startsWith(mine) ? /^(\d+)-[\da-f-]+\.text$/.exec(name.slice(mine.length))?.[1] : undefined;
    if (pid !== undefined && !isAlive(Number(pid))) await rm(join(folder, name), { force: true });
  }
}

function isAlive(pid: number): boolean {
  if (pid === process.pid) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there, and another user's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
