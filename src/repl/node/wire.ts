import type { MessagePort } from 'node:worker_threads';
import type { Corpus } from '../repl.ts';
import type { RealmLimits } from './realm/host.ts';

/** What the host and a REPL worker say to each other. */

/** Slots of the shared Int32Array: 2 in `signal` asks for a KeyboardInterrupt; `bell` counts up to wake a waiting worker. */
export const slot = { signal: 0, bell: 1 } as const;
export const sigint = 2;

/** First byte of a frame that Python writes to `/dev/host`; the rest is JSON in UTF-8. */
export const frame = { open: 0x4f, next: 0x4e, done: 0x44, sleep: 0x53, call: 0x43 } as const;
/** First byte of a reply; the rest is JSON in UTF-8: the value, or the message of a refusal. */
export const answer = { value: 0, refused: 1, interrupted: 2 } as const;

export const maxRequestBytes = 64 * 2 ** 20;
/** Values in a request's JSON: many small ones would take the host far more memory than their bytes. */
export const maxRequestValues = 1_000_000;
export const maxReportBytes = 16 * 2 ** 20;

/** What a thread starts with; the rest follows by message, so that it can start before that is loaded. */
export interface WorkerSetup {
  readonly shared: SharedArrayBuffer;
  readonly replies: MessagePort;
  readonly limits: RealmLimits;
}

/** Where an interpreter comes from: the stored heap, or (once) a cold start that imports these Python files and returns the heap. */
type Origin =
  | { readonly kind: 'snapshot'; readonly heap: Uint8Array<SharedArrayBuffer> }
  | { readonly kind: 'sources'; readonly sources: Readonly<Record<string, string>> };

/** First `prepare`, then `boot`, once each. */
export interface Prepare {
  readonly kind: 'prepare';
  readonly glue: string;
  readonly realm: string;
  /** V8's compiled form of the glue; rejected silently when it is another V8's. */
  readonly codeCache: Uint8Array | null;
  readonly origin: Origin['kind'];
}

export interface Boot {
  readonly kind: 'boot';
  readonly wasm: WebAssembly.Module;
  readonly stdlib: Uint8Array<SharedArrayBuffer>;
  /** Of the kind that was prepared for. */
  readonly origin: Origin;
}

/** What an interpreter that is ready is told. */
export type SessionMessage =
  /** `refresh`: an interpreter that was opened goes on, with its variables. */
  | { readonly kind: 'open' | 'refresh'; readonly corpus: Corpus; readonly question: string }
  | { readonly kind: 'run'; readonly code: string; readonly number: number; readonly outputChars: number };

export type ToWorker = Prepare | Boot | SessionMessage;

export type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'made'; readonly heap: Uint8Array<SharedArrayBuffer>; readonly codeCache: Uint8Array }
  | { readonly kind: 'opened' }
  | { readonly kind: 'call'; readonly id: number; readonly request: Uint8Array }
  | { readonly kind: 'done'; readonly report: Uint8Array; readonly ms: number; readonly waitMs: number }
  /** The instance ended (trap, abort, exit, out of memory in C): this worker is of no further use. */
  | { readonly kind: 'broken'; readonly reason: string };

/** Travels through `WorkerSetup.replies`, which a blocked worker can read. */
export interface Reply {
  readonly id: number;
  readonly bytes: Uint8Array;
}
