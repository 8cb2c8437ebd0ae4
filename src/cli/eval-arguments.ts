import type { Command } from 'commander';
import { type OracleSkill, oracleSkills } from '../eval/oracle.ts';
import { systemNames } from '../eval/systems.ts';
import { toDepths, toSizes, toSystems } from './eval-lists.ts';
import { addModelOptions, type ModelOptions, type ModelWish, toModels } from './model-arguments.ts';
import { numberWithin } from './numbers.ts';

export interface EvalCommand {
  /** Names of made sets, and files as given. */
  readonly sets: readonly string[];
  readonly models:
    | { readonly kind: 'wish'; readonly wish: ModelWish }
    | { readonly kind: 'oracle'; readonly skill: OracleSkill };
  readonly systems: readonly string[];
  readonly repeat: number;
  readonly out: string;
  readonly repos: string | undefined;
  readonly from: string | undefined;
  readonly sizes: readonly number[];
  readonly perSize: number;
  readonly seed: string;
  readonly only: string;
  readonly sample: number | undefined;
  readonly parallel: number;
  /** Answers again what failed in an earlier start. */
  readonly retryFailed: boolean;
  /** Of the whole evaluation. */
  readonly maxCostUsd: number;
  readonly maxTokens: number;
  /** Who grades the answers that have a reference; `undefined`: nobody. */
  readonly judge: ModelWish | undefined;
  /** US dollars for judging, within those of the whole evaluation. */
  readonly judgeCostUsd: number;
  readonly run: {
    readonly maxCostUsd?: number;
    readonly maxTokens?: number;
    readonly maxCalls?: number;
    readonly maxSeconds?: number;
  };
  readonly windowTokens: number;
  /** Address of a Redis over which tasks are shared; `undefined`: they are answered here. */
  readonly queue: string | undefined;
  /** Answers what others hand out there. */
  readonly worker: boolean;
  /** Seconds without a task after which a worker ends. */
  readonly idleSeconds: number;
}

interface RawEval extends ModelOptions {
  readonly systems?: readonly string[];
  readonly depth?: readonly number[];
  readonly repeat: number;
  readonly out: string;
  readonly repos?: string;
  readonly from?: string;
  readonly sizes: readonly number[];
  readonly perSize: number;
  readonly seed: string;
  readonly only: string;
  readonly sample?: number;
  readonly parallel: number;
  readonly retryFailed?: boolean;
  readonly maxCost?: number;
  readonly maxTokens?: number;
  readonly judge?: string;
  readonly judgeCost?: number;
  readonly runCost?: number;
  readonly runTokens?: number;
  readonly runCalls?: number;
  readonly runTimeout?: number;
  readonly window: number;
  readonly queue?: string;
  readonly worker?: boolean;
  readonly idle?: number;
}

const count = (min: number, max: number) => numberWithin({ min, max, whole: true });
const dollars = numberWithin({ min: 0, max: 1e6, whole: false });

export function addEval(program: Command, onEval: (command: EvalCommand | { readonly problem: string }) => void): void {
  const command = program
    .command('eval')
    .description('compare systems on questions with known answers; goes on where an earlier start ended')
    .argument('<sets...>', 's-niah, aggregate (made of real code), or files of questions')
    .option('--systems <list>', `what is compared: ${systemNames}`, toSystems)
    .option(
      '--depth <list>',
      'depths of the recursive language model, beside base and search (default: 0,1,2)',
      toDepths,
    )
    .option('--repeat <n>', 'times that each item is answered', count(1, 100), 1)
    .option('--out <folder>', 'where results and reports are kept', 'ask-codebase-eval')
    .option('--repos <folder>', "where the questions' folders are (default: the set's own folder)")
    .option('--from <folder>', 'code that s-niah and aggregate are made of (default: Ask Codebase itself)')
    .option('--sizes <list>', 'their context lengths in tokens', toSizes, [8 * 1024, 64 * 1024, 512 * 1024])
    .option('--per-size <n>', 'corpora of each length', count(1, 1000), 3)
    .option('--seed <text>', 'what all chance depends on', '1')
    .option('--only <text>', 'only items whose id, kind or folder holds this', '')
    .option('--sample <n>', 'at most so many items of each kind', count(1, 1e6))
    .option('--parallel <n>', 'items under way at once', count(1, 1000), 2)
    .option('--retry-failed', 'answer again what failed in an earlier start, such as for want of a key')
    .option('--max-cost <usd>', 'US dollars of the whole evaluation', dollars)
    .option('--max-tokens <n>', 'tokens of the whole evaluation', count(1, 1e15))
    .option('--judge <spec>', 'a model that grades answers to questions with a reference; its report stands apart')
    .option('--judge-cost <usd>', 'US dollars of its calls, within --max-cost', dollars)
    .option('--run-cost <usd>', 'US dollars of one run', dollars)
    .option('--run-tokens <n>', 'tokens of one run', count(1, 1e12))
    .option('--run-calls <n>', 'model calls of one run', count(1, 1e9))
    .option('--run-timeout <s>', 'seconds of one run', numberWithin({ min: 0.1, max: 604_800, whole: false }))
    .option('--window <tokens>', 'of base and search, for models whose window is unknown', count(1000, 1e9), 128_000)
    .option('--queue <url>', 'Redis that hands tasks to workers on any machines, such as redis://host:6379')
    .option('--worker', 'with --queue: answer tasks, with the keys of this machine')
    .option(
      '--idle <s>',
      'with --worker: end after so long without a task',
      numberWithin({ min: 0.1, max: 604_800, whole: false }),
    );
  addModelOptions(command)
    .addHelpText(
      'after',
      `\nNeeds --model. oracle:${oracleSkills.join(', oracle:')} are models of known skill that prove the harness. See docs/evaluation.md.\nExit codes: 0 all done, 1 failed, 2 usage, 3 the budget is spent, 130 cancelled.`,
    )
    .action((sets: readonly string[], options: RawEval) => onEval(toEval(sets, options)));
}

function toEval(sets: readonly string[], options: RawEval): EvalCommand | { readonly problem: string } {
  const {
    systems,
    depth = [0, 1, 2],
    repeat,
    out,
    repos,
    from,
    sizes,
    perSize,
    seed,
    only,
    sample,
    parallel,
  } = options;
  if (systems !== undefined && options.depth !== undefined) return { problem: 'give --systems or --depth, not both' };
  if (sets.includes('')) return { problem: 'a set is empty; give a name or the path of a file' };
  if (out === '') return { problem: '--out is empty; give the path of a folder' };
  if (options.model === 'auto')
    return { problem: 'eval needs --model: `auto` depends on the machine, and its results could not be compared' };
  const wrong = queueProblem(options);
  if (wrong !== undefined) return { problem: wrong };
  const models = modelsOf(options);
  if (typeof models === 'string') return { problem: models };
  const judge = judgeOf(options);
  if (typeof judge === 'string') return { problem: judge };
  const { runCost, runTokens, runCalls, runTimeout } = options;
  return {
    ...{ sets, models, repeat, out, repos, from, sizes, perSize, seed, only, sample, parallel },
    retryFailed: options.retryFailed === true,
    systems: systems ?? ['base', 'search', ...depth.map((one) => `rlm-${one}`)],
    maxCostUsd: options.maxCost ?? Number.POSITIVE_INFINITY,
    maxTokens: options.maxTokens ?? Number.POSITIVE_INFINITY,
    judge,
    judgeCostUsd: options.judgeCost ?? Number.POSITIVE_INFINITY,
    run: {
      ...(runCost !== undefined && { maxCostUsd: runCost }),
      ...(runTokens !== undefined && { maxTokens: runTokens }),
      ...(runCalls !== undefined && { maxCalls: runCalls }),
      ...(runTimeout !== undefined && { maxSeconds: runTimeout }),
    },
    windowTokens: options.window,
    queue: options.queue,
    worker: options.worker === true,
    idleSeconds: options.idle ?? Number.POSITIVE_INFINITY,
  };
}

function queueProblem({ queue, worker, idle }: RawEval): string | undefined {
  if (queue !== undefined && !(URL.canParse(queue) && /^rediss?:$/.test(new URL(queue).protocol)))
    return '--queue must be an address such as redis://localhost:6379';
  if (worker && queue === undefined) return '--worker needs --queue';
  return idle !== undefined && !worker ? '--idle is for --worker' : undefined;
}

function modelsOf(options: ModelOptions): EvalCommand['models'] | string {
  const [, name] = /^oracle:(.*)$/.exec(options.model) ?? [];
  if (name !== undefined) {
    const skill = oracleSkills.find((one) => one === name);
    return skill === undefined
      ? `there is no oracle '${name}'; there are ${oracleSkills.join(', ')}`
      : { kind: 'oracle', skill };
  }
  const wish = toModels(options);
  return typeof wish === 'string' ? wish : { kind: 'wish', wish };
}

/** A judge is asked at its provider's own address: `--base-url` and `--header` are of the model that answers. */
function judgeOf({ judge, judgeCost, worker }: RawEval): ModelWish | undefined | string {
  if (judge === undefined) return judgeCost === undefined ? undefined : '--judge-cost needs --judge';
  if (worker) return '--judge is for the one who hands out tasks, not for a --worker';
  if (judge === 'auto' || judge === 'offline') return '--judge needs the name of a model, such as openai:gpt-5';
  const wish = toModels({ model: judge });
  return typeof wish === 'string' ? wish.replace('--model', '--judge') : wish;
}
