import type { SpooledBytes } from '../../../workspace/corpus-bytes.ts';
import type { Corpus } from '../../repl.ts';
import { nodeCount } from '../json-size.ts';
import { type FromWorker, maxReportBytes, maxRequestBytes, maxRequestValues, type SessionMessage } from '../wire.ts';
import type { Frame } from './frames.ts';

type Open = Extract<SessionMessage, { kind: 'open' | 'refresh' }>;

/** Numbers of the file descriptors that a walled process is given. */
export const descriptor = { in: 3, out: 4, signal: 5 } as const;

/** `bytes`: a file that it may read; absent: the bytes that were sent last. */
type WalledCorpus = Omit<Corpus, 'bytes'> & { readonly bytes?: SpooledBytes };

/** Heads of the frames to a walled process. Shared memory does not cross: text in it goes in parts before it is opened. */
export type ToWall =
  | { readonly kind: 'bytes'; readonly total: number }
  /** With its bytes. */
  | { readonly kind: 'part'; readonly at: number }
  | (Omit<Open, 'corpus'> & { readonly corpus: WalledCorpus })
  /** `interrupts`: how many there have been; they were for the cells before. */
  | (Extract<SessionMessage, { kind: 'run' }> & { readonly interrupts: number })
  /** With the reply's bytes. */
  | { readonly kind: 'reply'; readonly id: number }
  | { readonly kind: 'interrupt'; readonly interrupts: number };

/** Its first word. `problem`: what its wall lets through and must not. */
export interface Up {
  readonly kind: 'up';
  readonly problem: string;
}

const reasonChars = 1000;

/** What a walled process says counts for no more than Python's word. @returns `undefined` for what is no message of ours. */
export function readFromWall({ head, body }: Frame): FromWorker | Up | undefined {
  if (typeof head !== 'object' || head === null) return undefined;
  const { kind, id, ms, waitMs, problem, reason } = head as Readonly<Record<string, unknown>>;
  switch (kind) {
    case 'up':
      return { kind, problem: String(problem).slice(0, reasonChars) };
    case 'ready':
    case 'opened':
      return { kind };
    case 'call':
      return typeof id === 'number' && isRequest(body) ? { kind, id, request: body } : undefined;
    case 'done':
      return isDuration(ms) && isDuration(waitMs) && body.length <= maxReportBytes
        ? { kind, report: body, ms, waitMs }
        : undefined;
    case 'broken':
      return { kind, reason: String(reason).slice(0, reasonChars) };
    default:
      return undefined;
  }
}

/** Its own side keeps these limits too, unless its interpreter has broken out. */
const isRequest = (body: Uint8Array) => body.length <= maxRequestBytes && nodeCount(body) <= maxRequestValues;
const isDuration = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
