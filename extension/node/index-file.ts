import { readFile, rename } from 'node:fs/promises';
import { type ConversationIndex, encodeIndex, parseIndex } from '../core/conversation-index.ts';
import { mergeIndex } from '../core/merge-index.ts';
import { withLock } from './lock-file.ts';
import { writeWhole } from './write-whole.ts';

export interface IndexTroubles {
  readonly onUnreadable: (problem: string) => void;
  /** What became of a list that is damaged, in words for people. */
  readonly onDamaged: (problem: string) => void;
}

/** The list of conversations on the disk. Several windows may have it, also of other processes. */
export class IndexFile {
  readonly #file: string;
  readonly #troubles: IndexTroubles;
  /** What this window had when it last read or wrote: against it its changes are told from those of others. */
  #base: ConversationIndex = { conversations: [], current: '' };
  /** What could not be read is not written over. */
  #unreadable = false;

  constructor(file: string, troubles: IndexTroubles) {
    this.#file = file;
    this.#troubles = troubles;
  }

  async load(): Promise<ConversationIndex | undefined> {
    const index = await this.#read();
    if (index !== undefined) this.#base = index;
    return index;
  }

  /** One call after the other. @throws */
  async save(index: ConversationIndex, redact: (text: string) => string): Promise<void> {
    if (this.#unreadable) return;
    await withLock(`${this.#file}.lock`, async () => {
      const disk = await this.#read();
      if (this.#unreadable) return;
      const merged = disk === undefined ? index : mergeIndex(this.#base, index, disk);
      await writeWhole(this.#file, encodeIndex(merged, redact));
      this.#base = index;
    });
  }

  /** A damaged list is moved aside. */
  async #read(): Promise<ConversationIndex | undefined> {
    const text = await readFile(this.#file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      this.#unreadable = true;
      this.#troubles.onUnreadable(error.message);
      return undefined;
    });
    if (text === undefined) return undefined;
    const parsed = parseIndex(text);
    if (parsed.kind === 'ok') return parsed.index;
    const aside = `${this.#file}.damaged-${Date.now()}`;
    const moved = await rename(this.#file, aside).then(
      () => `it was moved to ${aside}`,
      () => 'it could not be moved aside',
    );
    this.#troubles.onDamaged(
      `The list of conversations is damaged (${parsed.problem}); ${moved}, and a new one begins.`,
    );
    return undefined;
  }
}
