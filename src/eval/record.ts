import { z } from 'zod';

const share = z.number().nullable();
const whole = z.number().int().nonnegative();

/** What one system made of one item, once: a line of the results. Holds no location of a folder and no key. */
const record = z.object({
  type: z.literal('result'),
  /** Unique within the results: item, system and repeat. */
  key: z.string(),
  item: z.string(),
  kind: z.string(),
  system: z.string(),
  repeat: whole,
  /** Tokens of the context, four bytes each: as wanted where it was made, as loaded otherwise. */
  contextTokens: whole,
  outcome: z.enum(['answered', 'exhausted', 'cancelled', 'failed']),
  /** Why it ended so; empty when answered. */
  reason: z.string(),
  answer: z.string(),
  /** `null` where only a judge could tell. */
  right: z.boolean().nullable(),
  files: z.array(z.string()).readonly(),
  lines: z.array(z.tuple([z.string(), z.number(), z.number()]).readonly()).readonly(),
  retrieval: z.object({ r1: share, r5: share, r10: share, mrr: share, span: share, complete: share }).readonly(),
  /** Citations of the answer, and how many of them stand: badge and text compared with the files once more. */
  citations: whole,
  standing: whole,
  /** The share of loaded files that one of its searches went through; `null` when it has no searches to count. */
  searched: share,
  promptTokens: z.number().nonnegative(),
  completionTokens: z.number().nonnegative(),
  modelCalls: whole,
  /** `null`: unknown. */
  costUsd: z.number().nullable(),
  ms: z.number().nonnegative(),
});

export type EvalRecord = Readonly<z.infer<typeof record>>;

/** @returns `undefined` for what is no result. */
export const parseRecord = (value: unknown): EvalRecord | undefined => record.safeParse(value).data;

export const keyOf = (item: string, system: string, repeat: number): string => `${item}\t${system}\t${repeat}`;
