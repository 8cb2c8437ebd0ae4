import type { LanguageModel, ModelEvent } from '../models/model.ts';
import type { Snapshot } from '../workspace/snapshot.ts';
import type { EvalItem, GoldAnswer } from './item.ts';

/** Models of known skill, which prove the harness: each must get exactly the score that it deserves. */
export const oracleSkills = ['perfect', 'wrong', 'miscites', 'stops-early'] as const;

export type OracleSkill = (typeof oracleSkills)[number];

/**
 * A model that knows one item's gold. `perfect` answers and cites all of it. `wrong` answers something else and cites a file that
 * has nothing to do with it. `miscites` answers right and cites what is not there. `stops-early` cites the first gold file and
 * breaks off before the answer.
 */
export function oracleModel(skill: OracleSkill, item: EvalItem, snapshot: Snapshot): LanguageModel {
  const text = repliesOf[skill](item, snapshot);
  return {
    spec: `oracle:${skill}`,
    price: { input: 0, cachedInput: 0, output: 0 },
    contextTokens: undefined,
    async *stream(): AsyncGenerator<ModelEvent> {
      yield { kind: 'text', text };
      const usage = { promptTokens: 0, completionTokens: 0, cachedTokens: 0, estimated: false };
      yield { kind: 'done', usage, finish: 'stop' };
    },
  };
}

const repliesOf: Readonly<Record<OracleSkill, (item: EvalItem, snapshot: Snapshot) => string>> = {
  perfect: (item) => [...goldCitations(item), stated(item.gold.answer)].join('\n'),
  wrong: (item, snapshot) => `${foreignCitation(item, snapshot)}\nAnswer: ${wrongAnswer(item.gold.answer)}`,
  miscites: (item) => `See [no/such/file.txt:1-2].\n${stated(item.gold.answer)}`,
  'stops-early': (item) => `It begins here: ${goldCitations(item)[0] ?? 'nowhere'}`,
};

const stated = (answer: GoldAnswer | undefined): string => `Answer: ${answer?.value ?? 'as cited'}`;

function goldCitations({ gold: { lines, files } }: EvalItem): readonly string[] {
  const located = new Set(lines.map(([path]) => path));
  const ranges = lines.map(([path, start, end]) => `[${path}:${start}-${end}]`);
  // In the order of the files, those without lines by their first.
  return files.flatMap((path) =>
    located.has(path) ? ranges.filter((range) => range.startsWith(`[${path}:`)) : [`[${path}:1]`],
  );
}

function foreignCitation({ gold }: EvalItem, snapshot: Snapshot): string {
  const mine = new Set([...gold.files, ...gold.alternatives]);
  const other = snapshot.files.find(({ path, lineCount }) => lineCount > 0 && !mine.has(path));
  return other === undefined ? '' : `[${other.path}:1]`;
}

function wrongAnswer(gold: GoldAnswer | undefined): string {
  const other = gold?.options?.find((option) => option !== gold.value);
  if (other !== undefined) return other;
  const number = Number(gold?.value);
  return Number.isNaN(number) ? 'none of it' : String(number + 1);
}
