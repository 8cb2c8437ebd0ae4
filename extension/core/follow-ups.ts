import type { RunEnd } from '../../src/engine-api.ts';

/** What is kept of an answer in the editor's chat. */
export interface AnswerNote {
  readonly runId: string;
  readonly outcome: RunEnd['outcome'];
  /** The files whose citations hold, the most cited first. */
  readonly cited: readonly string[];
}

export function noteOf(runId: string, { outcome, citations }: RunEnd): AnswerNote {
  const counts = new Map<string, number>();
  for (const { path, status } of citations) if (status !== 'unverified') counts.set(path, (counts.get(path) ?? 0) + 1);
  const cited = [...counts].toSorted(([, a], [, b]) => b - a).map(([path]) => path);
  return { runId, outcome, cited: cited.slice(0, 5) };
}

/** Questions that go on from an answer. */
export function followUps({ outcome, cited }: AnswerNote): readonly string[] {
  const [first] = cited;
  if (outcome === 'failed' || first === undefined) return [];
  const path = /\s/.test(first) ? `\`${first}\`` : first;
  return [`How is ${path} tested?`, `What uses ${path}, and what would break if it changed?`];
}

/** @returns the note, as the editor gives it back from its history. */
export function readNote(value: unknown): AnswerNote | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { runId, outcome, cited }: Partial<Record<keyof AnswerNote, unknown>> = value;
  if (typeof runId !== 'string' || !Array.isArray(cited)) return undefined;
  const known = (['answered', 'exhausted', 'cancelled', 'failed'] as const).find((one) => one === outcome);
  if (known === undefined) return undefined;
  return { runId, outcome: known, cited: cited.filter((one): one is string => typeof one === 'string') };
}
