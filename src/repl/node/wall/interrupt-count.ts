import { randomUUID } from 'node:crypto';
import { closeSync, openSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** How often a REPL was interrupted, in a nameless file: a process that computes can look there, and cannot look into a pipe. */
export class InterruptCount {
  readonly #writable: number;
  /** For the other process. It stays open here until `close`. */
  readonly readable: number;
  #count = 0;
  #open = true;

  constructor() {
    const file = join(tmpdir(), `ask-codebase-${randomUUID()}`);
    this.#writable = openSync(file, 'wx', 0o600);
    this.readable = openSync(file, 'r');
    unlinkSync(file);
  }

  get count(): number {
    return this.#count;
  }

  add(): void {
    this.#count += 1;
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(this.#count);
    if (this.#open) writeSync(this.#writable, bytes, 0, 4, 0);
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    closeSync(this.#writable);
    closeSync(this.readable);
  }
}
