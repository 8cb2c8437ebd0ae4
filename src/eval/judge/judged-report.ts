import { type EvalRecord, keyOf } from '../record.ts';
import { systemsOf } from '../report/evaluation.ts';
import { markdownTable } from '../report/table.ts';
import { bootstrap } from '../statistics.ts';
import type { Judgement } from './judgement.ts';
import { dimensions, highest, type Scores } from './rubric.ts';

/** What a judge made of an evaluation. */
export interface Judged {
  readonly judge: string;
  readonly models: { readonly root: string; readonly sub: string };
  /** The results that could be judged: those with a reference answer. */
  readonly records: readonly EvalRecord[];
  /** By the result's key. */
  readonly judgements: ReadonlyMap<string, Judgement>;
  readonly withoutReference: number;
}

const totalOf = (one: Scores): number => dimensions.reduce((sum, name) => sum + one[name], 0);

/** A report of its own: what a model thinks of answers stands with nothing that is counted. */
export function judgedReport(judged: Judged): string {
  const { judge, models, records, withoutReference } = judged;
  const kinds = [...Map.groupBy(records, ({ kind }) => kind)];
  const own = judge === models.root || judge === models.sub;
  const parts = [
    `# Judged by \`${judge}\``,
    `A model compared each answer with its reference by SWE-QA's five dimensions, ${highest} points each. Such grades lean to the judge's taste; the report beside this one holds what was counted. Root \`${models.root}\`, sub-agents \`${models.sub}\`.`,
    ...(own ? ['**The judge is one of the models that answered: it grades itself.**'] : []),
    ...kinds.flatMap(([kind, some]) => [`## ${kind}`, tableOf(some, judged)]),
    ...(withoutReference > 0 ? [`${withoutReference} results have no reference answer and were not judged.`] : []),
  ];
  return `${parts.join('\n\n')}\n`;
}

function tableOf(records: readonly EvalRecord[], { judgements }: Judged): string {
  const rows = systemsOf(records).map((system) => {
    const mine = records.filter((one) => one.system === system);
    const found = mine.flatMap(({ item, repeat }) => judgements.get(keyOf(item, system, repeat)) ?? []);
    const graded = found.flatMap(({ scores }) => scores ?? []);
    return [
      system,
      `${graded.length} of ${mine.length}`,
      String(found.length - graded.length),
      meanText(graded.map(totalOf)),
      ...dimensions.map((name) => meanText(graded.map((one) => one[name]))),
    ];
  });
  const titles = ['system', 'judged', 'unreadable', `of ${highest * dimensions.length} [95 %]`, ...dimensions];
  return markdownTable({ titles, rows });
}

function meanText(values: readonly number[]): string {
  const estimate = bootstrap(values);
  return estimate === null
    ? '–'
    : `${estimate.mean.toFixed(1)} [${estimate.low.toFixed(1)}–${estimate.high.toFixed(1)}]`;
}
