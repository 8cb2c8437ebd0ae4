import { readSync, writeSync } from 'node:fs';
import type { HostLine } from '../host-line.ts';
import { type FromWorker, type SessionMessage, sigint } from '../wire.ts';
import { encodeFrame, type Frame, prefixBytes, readPrefix } from './frames.ts';
import { descriptor, type ToWall, type Up } from './wall-wire.ts';

/** Python asks for signals thousands of times a second. */
const lookMs = 2;
const napMs = 10;

/**
 * From the only thread of a process, by two pipes; interrupts are counted in a file as well, because Python must see them
 * while it computes. Ends the process when the other side is gone; C code that never asks for signals is not ended by that.
 */
export class PipeLine implements HostLine {
  readonly #count = Buffer.alloc(4);
  readonly #bell = new Int32Array(new SharedArrayBuffer(4));
  #bytes = new SharedArrayBuffer(0);
  #interrupts = 0;
  #lookedAt = 0;
  readonly #parent = process.ppid;

  say(message: FromWorker | Up): void {
    const { request, report, ...head } = message as FromWorker & {
      readonly request?: Uint8Array;
      readonly report?: Uint8Array;
    };
    for (const part of encodeFrame(head, request ?? report)) writeAll(part);
  }

  /** What is to be done next; blocks until it comes. */
  next(): SessionMessage {
    for (;;) {
      const { head, body } = readFrame();
      switch (head.kind) {
        case 'bytes':
          this.#bytes = new SharedArrayBuffer(head.total);
          break;
        case 'part':
          new Uint8Array(this.#bytes).set(body, head.at);
          break;
        case 'open':
        case 'refresh':
          return { ...head, corpus: { ...head.corpus, bytes: head.corpus.bytes ?? this.#bytes } };
        case 'run':
          this.#interrupts = head.interrupts;
          return head;
        case 'reply':
        case 'interrupt':
          // For a cell that has ended.
          break;
      }
    }
  }

  wait(call: number | null, until: number): Uint8Array | 'over' | 'interrupted' {
    if (call === null) return this.#sleep(until);
    for (;;) {
      const { head, body } = readFrame();
      if (head.kind === 'reply' && head.id === call) return body;
      if (head.kind === 'interrupt' && this.#isNew(head.interrupts)) return 'interrupted';
    }
  }

  takeSignal(): number {
    const now = performance.now();
    if (now - this.#lookedAt < lookMs) return 0;
    this.#lookedAt = now;
    if (process.ppid !== this.#parent) process.exit();
    const count = readSync(descriptor.signal, this.#count, 0, 4, 0) === 4 ? this.#count.readUInt32BE() : 0;
    return this.#isNew(count) ? sigint : 0;
  }

  #sleep(until: number): 'over' | 'interrupted' {
    for (;;) {
      const left = until - performance.now();
      if (left <= 0) return 'over';
      if (this.takeSignal() === sigint) return 'interrupted';
      Atomics.wait(this.#bell, 0, 0, Math.min(left, napMs));
    }
  }

  #isNew(interrupts: number): boolean {
    if (interrupts <= this.#interrupts) return false;
    this.#interrupts = interrupts;
    return true;
  }
}

function readFrame(): Omit<Frame, 'head'> & { readonly head: ToWall } {
  const { headBytes, bodyBytes } = readPrefix(readAll(prefixBytes));
  const head = JSON.parse(Buffer.from(readAll(headBytes)).toString('utf8')) as ToWall;
  return { head, body: readAll(bodyBytes) };
}

function readAll(count: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(count);
  for (let at = 0; at < count; ) {
    const got = readSync(descriptor.in, bytes, at, count - at, null);
    if (got === 0) process.exit();
    at += got;
  }
  return bytes;
}

function writeAll(bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(descriptor.out, bytes, at);
}
