import { z } from 'zod';
import type { EvalItem } from '../item.ts';
import { noGold } from '../item.ts';
import type { ReadItem } from './read-set.ts';

/** A row of LongBench v2: https://huggingface.co/datasets/zai-org/LongBench-v2 */
export const longBenchRow = z.object({
  _id: z.string().min(1),
  domain: z.string(),
  question: z.string().min(1),
  choice_A: z.string(),
  choice_B: z.string(),
  choice_C: z.string(),
  choice_D: z.string(),
  answer: z.enum(['A', 'B', 'C', 'D']),
  context: z.string(),
});

type LongBenchRow = z.infer<typeof longBenchRow>;

/** The part of LongBench v2 that is about code; its other rows are left out. */
export const isCodeRow = ({ domain }: LongBenchRow): boolean => /^code repo/i.test(domain);

/** Lines of one file of the corpus: a context is one text, of any length. */
const linesPerFile = 2000;

export function longBenchItem(row: LongBenchRow): ReadItem {
  const key = `longbench:${row._id}`;
  const instruction = `(A) ${row.choice_A}
(B) ${row.choice_B}
(C) ${row.choice_C}
(D) ${row.choice_D}
End your answer with a line of its own: \`Answer: \` and the letter of the right choice.`;
  const item: EvalItem = {
    id: key,
    kind: 'codeqa',
    question: row.question,
    instruction,
    corpus: { key },
    gold: { ...noGold, answer: { kind: 'choice', value: row.answer, options: ['A', 'B', 'C', 'D'] } },
  };
  return { item, texts: partsOf(row.context) };
}

function partsOf(context: string): ReadonlyMap<string, () => string> {
  const lines = context.split('\n');
  const count = Math.max(1, Math.ceil(lines.length / linesPerFile));
  return new Map(
    Array.from({ length: count }, (_, at) => {
      const text = lines.slice(at * linesPerFile, (at + 1) * linesPerFile).join('\n');
      return [`context/part-${String(at + 1).padStart(4, '0')}.txt`, () => text] as const;
    }),
  );
}
