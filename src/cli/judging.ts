import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EvalLedger } from '../eval/budget.ts';
import type { EvalItem } from '../eval/item.ts';
import { dearestJudgement, judge } from '../eval/judge/judge.ts';
import { type Judged, judgedReport } from '../eval/judge/judged-report.ts';
import { isJudged, type Judgement, judgementKey } from '../eval/judge/judgement.ts';
import type { JudgedCase } from '../eval/judge/rubric.ts';
import { JudgementFile } from '../eval/node/judgement-file.ts';
import type { EvalRecord } from '../eval/record.ts';
import { type EndedEarly, runSchedule } from '../eval/schedule.ts';
import type { LanguageModel } from '../models/model.ts';
import { sha256 } from './sha256.ts';

/** What is judged, and within what. */
export interface Judging {
  readonly model: LanguageModel;
  readonly models: Judged['models'];
  readonly items: readonly EvalItem[];
  readonly records: readonly EvalRecord[];
  readonly maxCostUsd: number;
  readonly maxTokens: number;
  readonly parallel: number;
  /** The evaluation's folder. */
  readonly out: string;
  /** Tells people how far it is. */
  readonly say: (line: string) => void;
}

interface Task extends JudgedCase {
  readonly id: Pick<Judgement, 'key' | 'answer' | 'judge'>;
}

/** Grades what was answered and is not graded yet, and writes the judge's own report. @throws JudgeError */
export async function judgeAll(judging: Judging, signal: AbortSignal): Promise<EndedEarly> {
  const { model, models, records, items, out } = judging;
  const references = new Map(items.map(({ id, question, gold }) => [id, { question, reference: gold.reference }]));
  const said = records.filter(isJudged);
  const tasks = said.flatMap((record): readonly Task[] => {
    const { question = '', reference } = references.get(record.item) ?? {};
    const id = { key: record.key, answer: sha256(record.answer), judge: model.spec };
    return reference === undefined ? [] : [{ id, question, reference, answer: record.answer }];
  });
  const file = await JudgementFile.open(join(out, 'judgements.jsonl'));
  try {
    const early = await gradeAll(judging, tasks, file, signal);
    const found = tasks.flatMap(({ id }) => file.all.get(judgementKey(id)) ?? []);
    const judgements = new Map(found.map((one) => [one.key, one]));
    const judged = said.filter(({ item }) => references.get(item)?.reference !== undefined);
    const withoutReference = said.length - judged.length;
    const report = judgedReport({ judge: model.spec, models, records: judged, judgements, withoutReference });
    await writeFile(join(out, 'judged.md'), report);
    judging.say(`${found.length} of ${tasks.length} answers judged; written: judged.md and judgements.jsonl`);
    return early;
  } finally {
    await file.close();
  }
}

async function gradeAll(
  { model, maxCostUsd, maxTokens, parallel, say }: Judging,
  all: readonly Task[],
  file: JudgementFile,
  signal: AbortSignal,
): Promise<EndedEarly> {
  const nonce = randomUUID();
  const tasks = all.filter(({ id }) => !file.all.has(judgementKey(id)));
  if (tasks.length < all.length) say(`${all.length - tasks.length} of ${all.length} answers are judged already`);
  const perCase = dearestJudgement(model, tasks, nonce);
  const ledger = new EvalLedger({ maxCostUsd, maxTokens }, perCase, spentOn(file));
  const answer = async ({ id, ...judged }: Task, within: AbortSignal): Promise<Judgement | undefined> => {
    const verdict = await judge(model, judged, nonce, within);
    return verdict && { type: 'judgement', ...id, ...verdict };
  };
  return await runSchedule({ tasks, parallel, ledger, answer, keep: (one) => file.keep(one), signal });
}

const spentOn = (file: JudgementFile): { readonly costUsd: number; readonly tokens: number } =>
  [...file.all.values()].reduce(
    ({ costUsd, tokens }, one) => ({
      costUsd: costUsd + (one.costUsd ?? 0),
      tokens: tokens + one.promptTokens + one.completionTokens,
    }),
    { costUsd: 0, tokens: 0 },
  );
