import { z } from 'zod';
import type { RunEnd } from '../../engine-api.ts';
import { evidenceSentence } from '../../runs/answer-report.ts';

/** What the tool takes. Limits can only lower those that the server was started with. */
export const askInput = {
  question: z
    .string()
    .trim()
    .min(1)
    .max(20_000)
    .describe('The question, in full: nothing of your conversation is known.'),
  folder: z
    .string()
    .max(4096)
    .optional()
    .describe('Folder to ask about: one of the folders served, or one inside them. Default: all of them.'),
  scope: z
    .array(z.string().max(4096))
    .max(1000)
    .optional()
    .describe('Files and folders to limit the question to, as paths relative to the folder served.'),
  maxCostUsd: z.number().min(0).max(1e6).optional().describe('US dollars that the question may cost at most.'),
  maxSeconds: z.number().min(1).max(604_800).optional().describe('Seconds that it may take at most.'),
  maxCalls: z.int().min(1).max(1e9).optional().describe('Model calls that it may take at most.'),
};

export type AskInput = z.infer<z.ZodObject<typeof askInput>>;

const count = z.int().min(0);

/** What it gives. */
export const askOutput = {
  outcome: z.enum(['answered', 'exhausted', 'cancelled', 'failed']).describe('exhausted: a limit was reached.'),
  reason: z.string().describe('Why it is not answered; empty when it is.'),
  answer: z.string().describe('Markdown that cites code as [path:start-end].'),
  citations: z.array(
    z.object({
      path: z.string(),
      startLine: count,
      endLine: count,
      status: z.enum(['verified', 'moved', 'unverified']).describe('Computed against the files, not said by a model.'),
      quote: z.string().describe('The cited lines; empty when unverified.'),
      problem: z.string(),
    }),
  ),
  evidence: z.object({
    summary: z.string(),
    filesLoaded: count,
    filesTotal: count,
    filesSearched: count,
    filesRead: count,
    filesOpened: count.describe('By code of the cells, not by a helper that searches or reads.'),
    patterns: count,
    hitsFound: count,
    hitsGiven: count,
    leftOut: z.array(z.object({ path: z.string(), reason: z.string() })).describe('The first 100.'),
    leftOutCount: count,
  }),
  usage: z.object({
    modelCalls: count,
    promptTokens: count,
    completionTokens: count,
    costUsd: z.number().nullable().describe('null: the price of some model is not known.'),
    totalMs: z.number(),
  }),
  models: z.object({ root: z.string(), sub: z.string() }),
};

export type AskOutput = z.infer<z.ZodObject<typeof askOutput>>;

const shownLeftOut = 100;
const nothingDone = { filesSearched: 0, filesRead: 0, filesOpened: 0, patterns: 0, hitsFound: 0, hitsGiven: 0 };

export function askOutputOf(end: RunEnd, models: AskOutput['models']): AskOutput {
  const { outcome, reason, answer, citations, coverage, evidence, usage, timings } = end;
  const { filesSearched, filesRead, filesOpened = 0, patterns, hitsFound, hitsGiven } = evidence ?? nothingDone;
  const { filesLoaded, filesTotal, leftOut } = coverage;
  const { modelCalls, promptTokens, completionTokens, costUsd } = usage;
  return {
    ...{ outcome, reason, answer, models },
    citations: citations.map((citation) => ({ ...citation })),
    evidence: {
      summary: evidenceSentence(end),
      ...{ filesLoaded, filesTotal, filesSearched, filesRead, filesOpened, patterns, hitsFound, hitsGiven },
      leftOut: leftOut.slice(0, shownLeftOut).map(({ path, reason: why }) => ({ path, reason: why })),
      leftOutCount: leftOut.length,
    },
    usage: { modelCalls, promptTokens, completionTokens, costUsd, totalMs: timings.totalMs },
  };
}
