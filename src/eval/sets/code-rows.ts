import { z } from 'zod';
import { answerLine } from '../grade.ts';
import { type EvalItem, type Gold, noGold } from '../item.ts';

const lineSpan = z.tuple([z.string(), z.number().int().positive(), z.number().int().positive()]).rest(z.unknown());

/** A question about a folder. What is not named here is not looked at. */
export const codeRow = z.object({
  id: z.string().min(1),
  question: z.string().min(1),
  /** The folder, below the one that `--repos` names. */
  checkout: z.string().optional(),
  corpus: z.string().optional(),
  /** Rows of one set are scored together. */
  set: z.string().optional(),
  /** What a free answer should say. */
  answer: z.string().optional(),
  /** What an answer has to be, with the options where there are some. */
  exact: z.union([z.string(), z.number()]).optional(),
  options: z.array(z.string()).optional(),
  gold_files: z.array(z.string()).optional(),
  gold_alternatives: z.array(z.string()).optional(),
  gold_lines: z.array(lineSpan).optional(),
});

export type CodeRow = z.infer<typeof codeRow>;

/** @returns what is wrong with the row, as a string. */
export function codeItem(row: CodeRow, setName: string): EvalItem | string {
  const folder = row.corpus ?? row.checkout;
  if (folder === undefined) return 'a row needs its folder as `corpus` or `checkout`';
  if (folder.startsWith('/') || /^[A-Za-z]:|\\/.test(folder) || folder.split('/').includes('..'))
    return `the folder '${folder}' leads out of the one that --repos names`;
  const [before, rest] = row.id.split('/', 2);
  const kind = row.set ?? (rest === undefined ? setName : (before ?? setName));
  return {
    id: row.id,
    kind,
    question: row.question,
    ...(row.exact !== undefined && { instruction: answerLine }),
    corpus: { key: `folder:${folder}` },
    gold: goldOf(row),
  };
}

function goldOf(row: CodeRow): Gold {
  return {
    ...noGold,
    files: row.gold_files ?? [],
    alternatives: row.gold_alternatives ?? [],
    lines: (row.gold_lines ?? []).map(([path, start, end]) => [path, start, end] as const),
    ...(row.answer !== undefined && { reference: row.answer }),
    ...(row.exact !== undefined && {
      answer: { kind: 'exact' as const, value: String(row.exact), ...(row.options && { options: row.options }) },
    }),
  };
}
