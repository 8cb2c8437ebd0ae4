import { costOf } from '../../models/cost.ts';
import type { LanguageModel, Message } from '../../models/model.ts';
import { estimateTokens } from '../../models/tokens.ts';
import type { EvalBudget } from '../budget.ts';
import { listen, type OneCallReply, replyTokens } from '../one-call.ts';
import type { Judgement } from './judgement.ts';
import { dimensions, type JudgedCase, judgePrompt, lowest, type Scores } from './rubric.ts';
import { parseVerdict } from './verdict.ts';

/** The judge cannot be asked; for people. */
export class JudgeError extends Error {
  override readonly name = 'JudgeError';
}

export type Verdict = Omit<Judgement, 'type' | 'key' | 'answer' | 'judge'>;

const worst = Object.fromEntries(dimensions.map((name) => [name, lowest])) as Scores;

/** How often a judge is asked about one answer: again when its verdict cannot be read. */
const attempts = 2;

/**
 * Judges one answer. One that is empty has the lowest grades, without a call.
 * @returns `undefined` when it was interrupted. @throws JudgeError when the model cannot be asked.
 */
export async function judge(
  model: LanguageModel,
  judged: JudgedCase,
  nonce: string,
  signal: AbortSignal,
): Promise<Verdict | undefined> {
  const spent = { promptTokens: 0, completionTokens: 0, costUsd: 0 as number | null };
  if (judged.answer.trim() === '') return { ...spent, scores: worst, problem: '' };
  const messages = [...judgePrompt(judged, nonce)];
  let problem = '';
  for (let attempt = 0; attempt < attempts; attempt++) {
    const reply = await listen(model, messages, signal);
    if (signal.aborted) return undefined;
    if (reply.failure !== undefined) throw new JudgeError(`the judge cannot be asked: ${reply.failure}`);
    add(spent, reply);
    const verdict = parseVerdict(reply.text);
    if (typeof verdict !== 'string') return { ...spent, scores: verdict, problem: '' };
    problem = verdict;
    const again: Message = {
      role: 'user',
      content: `Your reply could not be read: ${verdict}. Reply with the object.`,
    };
    messages.push({ role: 'assistant', content: reply.text }, again);
  }
  return { ...spent, scores: null, problem };
}

function add(
  spent: { promptTokens: number; completionTokens: number; costUsd: number | null },
  { usage, costUsd }: OneCallReply,
): void {
  spent.promptTokens += usage?.promptTokens ?? 0;
  spent.completionTokens += usage?.completionTokens ?? 0;
  spent.costUsd = spent.costUsd === null || costUsd === null ? null : spent.costUsd + costUsd;
}

/** The most that judging one of these may take. */
export function dearestJudgement(model: LanguageModel, cases: readonly JudgedCase[], nonce: string): EvalBudget {
  const prompts = cases.map((one) =>
    judgePrompt(one, nonce).reduce((sum, { content }) => sum + estimateTokens(content), 0),
  );
  const promptTokens = (Math.max(0, ...prompts) + replyTokens) * attempts;
  const completionTokens = replyTokens * attempts;
  const usage = { promptTokens, completionTokens, cachedTokens: 0, estimated: true };
  return { maxCostUsd: costOf(usage, model.price) ?? 0, maxTokens: promptTokens + completionTokens };
}
