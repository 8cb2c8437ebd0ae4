import { hash } from 'node:crypto';
import { type Job, Queue, QueueEvents, WaitingError, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import type { RunLimits } from '../../agent/limits.ts';
import type { EvalPlan } from '../plan.ts';
import { type EvalRecord, parseRecord } from '../record.ts';
import type { EvalTask } from '../schedule.ts';

/** Why the queue cannot be used; for people, without the address, which may hold a password. */
class QueueError extends Error {
  override readonly name = 'QueueError';
}

/** What travels: names and limits. Questions, files and keys each worker has of its own. */
interface QueuedTask {
  readonly key: string;
  readonly limits: Partial<RunLimits>;
}

/** Of a plan its own, so that a worker never answers for other models or questions than it was started with. */
export const queueName = (plan: EvalPlan): string =>
  `ask-codebase-eval-${hash('sha256', JSON.stringify(plan)).slice(0, 16)}`;

const attempts = 3;

export interface TaskQueue {
  /** Has some worker answer it. @returns `undefined` when interrupted. @throws QueueError when workers failed at it. */
  readonly answer: (task: EvalTask, signal: AbortSignal) => Promise<EvalRecord | undefined>;
  /** Its result is kept: the queue need not. */
  readonly forget: (key: string) => Promise<void>;
  readonly countWorkers: () => Promise<number>;
  readonly close: () => Promise<void>;
}

/** The side that hands out tasks and collects results. A result that is there from before a kill is taken, not asked for again. */
export async function openQueue(url: string, plan: EvalPlan, limits: Partial<RunLimits>): Promise<TaskQueue> {
  const connections = [await connected(url), await connected(url)] as const;
  const queue = new Queue<QueuedTask>(queueName(plan), { connection: connections[0] });
  const events = new QueueEvents(queueName(plan), { connection: connections[1] });
  await events.waitUntilReady();
  const jobs = new Map<string, Job<QueuedTask>>();
  return {
    async answer({ key }, signal) {
      const options = { jobId: jobIdOf(key), attempts, removeOnComplete: false, removeOnFail: false };
      const job = await queue.add('task', { key, limits }, options);
      jobs.set(key, job);
      const value = await finished(job, events, signal);
      if (value === undefined) return undefined;
      const record = parseRecord(value);
      if (record?.key !== key) throw new QueueError(`the queue holds something else than the result of '${key}'`);
      return record;
    },
    async forget(key) {
      await jobs.get(key)?.remove();
      jobs.delete(key);
    },
    countWorkers: async () => (await queue.getWorkers()).length,
    async close() {
      await Promise.all([queue.close(), events.close()]);
      for (const connection of connections) connection.disconnect();
    },
  };
}

const jobIdOf = (key: string): string => hash('sha256', key);

async function finished(job: Job<QueuedTask>, events: QueueEvents, signal: AbortSignal): Promise<unknown> {
  const interrupted = new Promise<undefined>((resolve) => {
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
    if (signal.aborted) resolve(undefined);
  });
  try {
    const value: unknown = await Promise.race([job.waitUntilFinished(events), interrupted]);
    // One that waits is taken back; one that is under way is finished, and found when the evaluation goes on.
    if (value === undefined) await job.remove().catch(() => undefined);
    return value;
  } catch (error) {
    await job.remove().catch(() => undefined);
    throw new QueueError(error instanceof Error ? error.message : String(error));
  }
}

export interface QueueWorkerOptions {
  readonly url: string;
  readonly plan: EvalPlan;
  readonly tasks: ReadonlyMap<string, EvalTask>;
  readonly parallel: number;
  /** Seconds without a task after which it ends. */
  readonly idleSeconds: number;
  readonly answer: (task: EvalTask, limits: Partial<RunLimits>, signal: AbortSignal) => Promise<EvalRecord | undefined>;
  readonly onResult: (record: EvalRecord) => void;
  readonly signal: AbortSignal;
}

/** A task whose worker is gone for so long is given to another. */
const lostMs = 15_000;
const farewellMs = 10_000;

/** The side that answers, until it is interrupted or has had nothing to do for long. */
export async function workOnQueue(options: QueueWorkerOptions): Promise<void> {
  const { url, plan, parallel, idleSeconds, signal } = options;
  const connection = await connected(url);
  let lastTaskAt = Date.now();
  let active = 0;
  const work = async (job: Job<QueuedTask>, token: string | undefined): Promise<EvalRecord> => {
    active++;
    try {
      return await answerJob(job, token, options);
    } finally {
      active--;
      lastTaskAt = Date.now();
    }
  };
  const timing = { lockDuration: lostMs, stalledInterval: lostMs / 2, maxStalledCount: 10 };
  const worker = new Worker<QueuedTask>(queueName(plan), work, { connection, concurrency: parallel, ...timing });
  // A lost connection is made again by itself; what it says meanwhile is no result.
  worker.on('error', () => undefined);
  await new Promise<void>((resolve) => {
    const look = setInterval(() => {
      const isIdle = active === 0 && Date.now() - lastTaskAt > idleSeconds * 1000;
      if (!signal.aborted && !isIdle) return;
      clearInterval(look);
      resolve();
    }, 100);
  });
  // A Redis that is gone does not answer to a farewell.
  await Promise.race([worker.close(), new Promise((resolve) => setTimeout(resolve, farewellMs))]);
  connection.disconnect();
}

async function answerJob(
  job: Job<QueuedTask>,
  token: string | undefined,
  { tasks, answer, onResult, signal }: QueueWorkerOptions,
): Promise<EvalRecord> {
  const { key, limits } = job.data;
  const task = tasks.get(key);
  if (task === undefined) throw new Error(`a worker does not have '${key}': it was started with other arguments`);
  const record = await answer(task, limits, signal);
  if (record === undefined) {
    await job.moveToWait(token);
    throw new WaitingError();
  }
  onResult(record);
  return record;
}

/** @throws QueueError when nobody answers there. */
async function connected(url: string): Promise<Redis> {
  const probe = new Redis(url, { lazyConnect: true, maxRetriesPerRequest: 0, retryStrategy: () => null });
  probe.on('error', () => undefined);
  try {
    await probe.connect();
    await probe.ping();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new QueueError(`the queue cannot be reached (${why}); is there a Redis at the address of --queue?`);
  } finally {
    probe.disconnect();
  }
  const connection = new Redis(url, { maxRetriesPerRequest: null });
  connection.on('error', () => undefined);
  return connection;
}
