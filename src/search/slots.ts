import type { Question } from './question.ts';

/** What is looked for, each in a slot: the question's terms, then its exact identifiers, then pairs of adjacent terms. */
export interface Slots {
  readonly terms: readonly number[];
  readonly termCount: number;
  /** `first * 4096 + second` → slot, by slots of terms that follow each other in the question. */
  readonly pairs: ReadonlyMap<number, number>;
  readonly count: number;
  /** Whether a pair may stand the other way round inside an identifier: "How are citations verified?" asks for `verifyCitations`. */
  readonly eitherWay: boolean;
  /** Further terms that count in a slot: abbreviations that the question does not have itself. */
  readonly abbreviations: readonly (readonly [term: number, slot: number])[];
}

export function slotsOf(question: Question): Slots {
  const terms = [...question.terms.keys()].slice(0, 4000);
  const slotOf = new Map(terms.map((term, slot) => [term, slot]));
  const all = [...terms, ...question.exact];
  const pairs = new Map<number, number>();
  question.sequence.forEach((term, at) => {
    const [first, second] = [slotOf.get(term), slotOf.get(question.sequence[at + 1] ?? -1)];
    if (first === undefined || second === undefined || first === second) return;
    const key = first * 4096 + second;
    if (!pairs.has(key)) pairs.set(key, all.length + pairs.size);
  });
  const abbreviations = terms.flatMap((term, slot) =>
    (question.abbreviations.get(term) ?? []).filter((one) => !slotOf.has(one)).map((one) => [one, slot] as const),
  );
  const count = all.length + pairs.size;
  return { terms: all, termCount: terms.length, pairs, count, eitherWay: question.isShort, abbreviations };
}
