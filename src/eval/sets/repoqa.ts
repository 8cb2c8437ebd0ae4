import { z } from 'zod';
import { answerLine } from '../grade.ts';
import { noGold } from '../item.ts';
import type { ReadItem } from './read-set.ts';

/** RepoQA's data: languages → repositories with their files and needles, `start_line` from 0. https://github.com/evalplus/repoqa */
export const repoQa = z.record(
  z.string(),
  z.array(
    z.object({
      repo: z.string(),
      content: z.record(z.string(), z.string()),
      needles: z
        .array(
          z.object({
            name: z.string().min(1),
            path: z.string(),
            description: z.string(),
            start_line: z.number().int().nonnegative(),
            end_line: z.number().int().nonnegative(),
          }),
        )
        .optional(),
    }),
  ),
);

/** Each needle is a function that the question describes without its name. */
export function repoQaItems(data: z.infer<typeof repoQa>): readonly ReadItem[] {
  return Object.entries(data).flatMap(([language, repositories]) =>
    repositories.flatMap(({ repo, content, needles = [] }) => {
      const texts = new Map(Object.entries(content).map(([path, text]) => [path, () => text] as const));
      return needles.map(({ name, path, description, start_line: start, end_line: end }) => ({
        texts,
        item: {
          id: `repoqa:${language}:${repo}:${path}:${name}`,
          kind: 'repoqa',
          question: `Which function of this code is described here?\n\n${description.trim()}`,
          instruction: `Cite it. ${answerLine} Give its bare name.`,
          corpus: { key: `repoqa:${language}:${repo}` },
          gold: {
            ...noGold,
            answer: { kind: 'exact' as const, value: name },
            files: [path],
            lines: [[path, start + 1, Math.max(start + 1, end)] as const],
          },
        },
      }));
    }),
  );
}
