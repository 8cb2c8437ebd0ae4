import { resolve } from 'node:path';
import { defaultLimits } from '../agent/limits.ts';
import type { EvalBudget } from '../eval/budget.ts';
import type { ModelsFor } from '../eval/node/answerer.ts';
import { loadItems } from '../eval/node/load-items.ts';
import { type LoadedItems, madeSetNames } from '../eval/node/made-sets.ts';
import { oracleModel } from '../eval/oracle.ts';
import { digestOf, type EvalPlan } from '../eval/plan.ts';
import { type EvalTask, tasksOf } from '../eval/schedule.ts';
import { chooseCliModels } from './chosen-models.ts';
import type { CliHost } from './cli-host.ts';
import type { EvalCommand } from './eval-arguments.ts';
import { checkFolder } from './folders.ts';
import { sha256 } from './sha256.ts';

/** What an evaluation is of: the same for the one who hands out tasks and for those who answer them. */
export interface EvalSetup {
  readonly models: EvalPlan['models'];
  readonly modelsFor: ModelsFor;
  /** One line for people about the models; empty for oracles. */
  readonly sentence: string;
  readonly loaded: LoadedItems;
  readonly tasks: readonly EvalTask[];
  readonly plan: EvalPlan;
  /** What one run may take. */
  readonly perRun: EvalBudget & { readonly maxCalls: number; readonly maxSeconds: number };
}

/** @throws CliError, SetError, WorkspaceError, RangeError */
export async function setUpEval(command: EvalCommand, host: CliHost): Promise<EvalSetup> {
  const { models, modelsFor, sentence } = await chooseModels(command, host);
  const loaded = await load(command, host);
  const { maxCostUsd, maxTokens, maxCalls, maxSeconds } = { ...defaultLimits, ...command.run };
  const perRun = { maxCostUsd, maxTokens, maxCalls, maxSeconds };
  const limits = { ...perRun, windowTokens: command.windowTokens };
  const plan: EvalPlan = { type: 'plan', items: digestOf(loaded.items, sha256), models, limits };
  const tasks = tasksOf(loaded.items, command.systems, command.repeat);
  return { models, modelsFor, sentence, loaded, tasks, plan, perRun };
}

async function chooseModels(
  { models }: EvalCommand,
  { env }: CliHost,
): Promise<Pick<EvalSetup, 'models' | 'modelsFor' | 'sentence'>> {
  if (models.kind === 'oracle') {
    const name = `oracle:${models.skill}`;
    const modelsFor: ModelsFor = (item, snapshot) => {
      const oracle = oracleModel(models.skill, item, snapshot);
      return { root: oracle, sub: oracle };
    };
    return { models: { root: name, sub: name }, modelsFor, sentence: '' };
  }
  const { root, sub, sentence } = await chooseCliModels(models.wish, env);
  return { models: { root: root.spec, sub: sub.spec }, modelsFor: () => ({ root, sub }), sentence };
}

async function load(command: EvalCommand, { cwd, projectDir }: CliHost): Promise<LoadedItems> {
  const { sets, repos, from } = command;
  return await loadItems({
    ...command,
    sets: sets.map((set) => (madeSetNames.some((name) => name === set) ? set : resolve(cwd, set))),
    repos: repos === undefined ? undefined : await checkFolder(repos, cwd, '--repos'),
    from: from === undefined ? projectDir : await checkFolder(from, cwd, '--from'),
  });
}
