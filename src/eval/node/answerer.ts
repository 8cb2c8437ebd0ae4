import type { RunLimits } from '../../agent/limits.ts';
import type { LanguageModel } from '../../models/model.ts';
import type { ModelTier } from '../../repl/host-call.ts';
import type { Snapshot } from '../../workspace/snapshot.ts';
import type { EvalItem } from '../item.ts';
import type { EvalRecord } from '../record.ts';
import { type EvalPorts, runTask } from '../run-task.ts';
import type { EvalTask } from '../schedule.ts';
import type { Corpora } from './corpora.ts';

export type ModelsFor = (item: EvalItem, snapshot: Snapshot) => Readonly<Record<ModelTier, LanguageModel>>;

export interface AnswererOptions {
  readonly ports: EvalPorts;
  readonly corpora: Corpora;
  readonly modelsFor: ModelsFor;
  readonly limits: Partial<RunLimits>;
  readonly windowTokens: number;
}

/** Answers tasks in this process. */
export const createAnswerer =
  ({ ports, corpora, modelsFor, limits, windowTokens }: AnswererOptions) =>
  async (task: EvalTask, signal: AbortSignal): Promise<EvalRecord | undefined> => {
    const { item } = task;
    const snapshot = await corpora.get(item.corpus.key);
    // What was made here has no history, and its made-up place must not be looked for on the disk.
    const { git, ...others } = ports;
    const mine = corpora.isOnDisk(item.corpus.key) && git !== undefined ? { ...others, git } : others;
    const context = { ports: mine, snapshot, models: modelsFor(item, snapshot), limits, windowTokens };
    return await runTask(task, context, signal);
  };
