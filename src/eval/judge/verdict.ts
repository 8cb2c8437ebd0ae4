import { z } from 'zod';
import { dimensions, highest, lowest, type Scores } from './rubric.ts';

const score = z.number().int().min(lowest).max(highest);
export const scores = z.strictObject(
  Object.fromEntries(dimensions.map((name) => [name, score])) as Record<keyof Scores, typeof score>,
);

/** Reads a verdict: one JSON object with every dimension and nothing else, in a fence or bare. @returns what is wrong, as a string. */
export function parseVerdict(reply: string): Scores | string {
  const bare = /^\s*(?:```(?:json)?\s*\n)?(\{[^{}]*\})\s*(?:```\s*)?$/.exec(reply)?.[1];
  if (bare === undefined) return 'the reply is not one JSON object';
  // JSON.parse takes the last of two equal keys.
  const keys = [...bare.matchAll(/"([^"]*)"\s*:/g)].map(([, key]) => key);
  if (new Set(keys).size !== keys.length) return 'a dimension is graded twice';
  try {
    const { data } = scores.safeParse(JSON.parse(bare));
    return data ?? `not exactly ${dimensions.join(', ')}, each a whole number from ${lowest} to ${highest}`;
  } catch {
    return 'the reply is not JSON';
  }
}
