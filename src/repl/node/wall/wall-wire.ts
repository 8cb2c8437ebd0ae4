import type { Corpus } from '../../repl.ts';
import type { FromWorker, Reply, SessionMessage } from '../wire.ts';

/** What a corpus is in another process: the bytes went before it, under a number. */
interface NumberedCorpus extends Omit<Corpus, 'bytes'> {
  readonly bytes: number;
}

type Open = Extract<SessionMessage, { kind: 'open' | 'refresh' }>;
type Run = Extract<SessionMessage, { kind: 'run' }>;
export type WalledMessage = (Omit<Open, 'corpus'> & { readonly corpus: NumberedCorpus }) | Run;

/** To the walled process. Shared memory does not cross: bytes are copied once for each snapshot. */
export type ToWall =
  | { readonly kind: 'bytes'; readonly corpus: number; readonly total: number }
  | { readonly kind: 'part'; readonly corpus: number; readonly at: number; readonly bytes: Uint8Array }
  | { readonly kind: 'drop'; readonly corpus: number }
  | { readonly kind: 'start'; readonly worker: number; readonly memoryBytes: number }
  | { readonly kind: 'post'; readonly worker: number; readonly message: WalledMessage }
  | { readonly kind: 'reply'; readonly worker: number; readonly reply: Reply }
  | { readonly kind: 'interrupt' | 'terminate'; readonly worker: number };

/** From the walled process, whose word counts for no more than Python's. */
export type FromWall =
  | { readonly kind: 'up'; readonly problem: string }
  | { readonly kind: 'said'; readonly worker: number; readonly message: FromWorker }
  | { readonly kind: 'ended'; readonly worker: number; readonly reason: string };

/** @returns `undefined` for anything that is no message of ours. */
export function readFromWall(value: unknown): FromWall | undefined {
  if (!isRecord(value)) return undefined;
  const { kind, worker } = value;
  if (kind === 'up') return { kind, problem: String(value.problem).slice(0, 1000) };
  if (typeof worker !== 'number') return undefined;
  if (kind === 'ended') return { kind, worker, reason: String(value.reason).slice(0, 1000) };
  const message = readFromWorker(value.message);
  return kind === 'said' && message !== undefined ? { kind, worker, message } : undefined;
}

function readFromWorker(value: unknown): FromWorker | undefined {
  if (!isRecord(value)) return undefined;
  const { kind, id, request, report, ms, waitMs } = value;
  switch (kind) {
    case 'ready':
    case 'opened':
      return { kind };
    case 'call':
      return typeof id === 'number' && request instanceof Uint8Array ? { kind, id, request } : undefined;
    case 'done':
      return report instanceof Uint8Array && isDuration(ms) && isDuration(waitMs)
        ? { kind, report, ms, waitMs }
        : undefined;
    case 'broken':
      return { kind, reason: String(value.reason).slice(0, 1000) };
    default:
      return undefined;
  }
}

const isDuration = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
