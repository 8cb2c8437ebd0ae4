import { z } from 'zod';
import type { EvalRecord } from '../record.ts';
import { scores } from './verdict.ts';

const count = z.number().nonnegative();

/** What a judge made of one answer, once: a line of the judgements. */
const judgement = z.object({
  type: z.literal('judgement'),
  /** Of the result. */
  key: z.string(),
  /** SHA-256 of the answer that was judged: another answer to the same is judged anew. */
  answer: z.string(),
  judge: z.string(),
  /** `null` when the verdict could not be read. */
  scores: scores.nullable(),
  /** Why there are no scores; empty when there are. */
  problem: z.string(),
  promptTokens: count,
  completionTokens: count,
  /** `null`: unknown. */
  costUsd: z.number().nullable(),
});

export type Judgement = Readonly<z.infer<typeof judgement>>;

/** @returns `undefined` for what is no judgement. */
export const parseJudgement = (value: unknown): Judgement | undefined => judgement.safeParse(value).data;

export const judgementKey = ({ key, answer, judge }: Pick<Judgement, 'key' | 'answer' | 'judge'>): string =>
  `${key}\t${answer}\t${judge}`;

/** The search alone says nothing. */
export const isJudged = ({ system }: Pick<EvalRecord, 'system'>): boolean => system !== 'retrieval';
