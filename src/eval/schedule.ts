import type { EvalLedger } from './budget.ts';
import type { EvalItem } from './item.ts';
import { type EvalRecord, keyOf } from './record.ts';

/** One item for one system, once. */
export interface EvalTask {
  readonly key: string;
  readonly item: EvalItem;
  readonly system: string;
  readonly repeat: number;
}

/** All there is to do, items of one corpus beside each other. */
export function tasksOf(items: readonly EvalItem[], systems: readonly string[], repeats: number): readonly EvalTask[] {
  const byCorpus = Map.groupBy(items, ({ corpus }) => corpus.key);
  return [...byCorpus.values()].flatMap((some) =>
    systems.flatMap((system) =>
      some.flatMap((item) =>
        Array.from({ length: repeats }, (_, at) => at + 1).map((repeat) => ({
          key: keyOf(item.id, system, repeat),
          item,
          system,
          repeat,
        })),
      ),
    ),
  );
}

/** What doing a task took. */
export type Taken = Pick<EvalRecord, 'costUsd' | 'promptTokens' | 'completionTokens'>;

export interface Schedule<Task = EvalTask, Done extends Taken = EvalRecord> {
  readonly tasks: readonly Task[];
  /** How many are under way at once. */
  readonly parallel: number;
  readonly ledger: EvalLedger;
  /** Answers one. A rejection ends the evaluation; the others under way are still kept. `undefined`: it was interrupted. */
  readonly answer: (task: Task, signal: AbortSignal) => Promise<Done | undefined>;
  /** Keeps one result; the next begins when it is kept. */
  readonly keep: (record: Done) => Promise<void>;
  readonly signal: AbortSignal;
}

/** Why it ended before all was done; `undefined` when all is. */
export type EndedEarly = 'budget' | 'interrupted' | undefined;

/** Does the tasks, each once. Whatever ended is kept before this resolves or rejects. */
export async function runSchedule<Task, Done extends Taken>({
  tasks,
  parallel,
  ledger,
  answer,
  keep,
  signal,
}: Schedule<Task, Done>): Promise<EndedEarly> {
  let next = 0;
  let early: EndedEarly;
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  const under = new Set<Promise<void>>();
  const doOne = async (task: Task): Promise<void> => {
    let record: Done | undefined;
    try {
      record = await answer(task, either);
      if (record !== undefined) await keep(record);
    } catch (error) {
      failed.abort(error);
    } finally {
      ledger.settle(record?.costUsd ?? 0, record === undefined ? 0 : record.promptTokens + record.completionTokens);
    }
  };
  while (early === undefined) {
    const task = tasks[next];
    if (task === undefined || either.aborted) break;
    const fits = under.size < parallel && ledger.begin();
    if (fits) {
      next++;
      const one = doOne(task).finally(() => under.delete(one));
      under.add(one);
    } else if (under.size > 0) await Promise.race(under);
    else early = 'budget';
  }
  await Promise.all(under);
  if (failed.signal.aborted) throw failed.signal.reason;
  return signal.aborted ? 'interrupted' : early;
}
