import { Chance } from '../faults/chance.ts';
import { mutate, shrink } from './mutate.ts';
import type { FuzzTarget } from './target.ts';

interface Finding {
  readonly input: string;
  readonly problem: string;
}

export interface FuzzResult {
  readonly inputs: number;
  readonly chars: number;
  /** Of one input, in milliseconds of processor time. */
  readonly slowestMs: number;
  readonly findings: readonly Finding[];
}

const maxFindings = 10;
const maxCorpus = 2000;

/** Gives a target inputs until the time is over. The same seed gives the same inputs. */
export async function fuzz(
  target: FuzzTarget,
  seed: number,
  isOver: (inputs: number) => boolean,
  keep: (input: string) => void = () => undefined,
): Promise<FuzzResult> {
  const chance = new Chance(seed);
  const corpus = [...target.seeds];
  const findings = new Map<string, Finding>();
  let [inputs, chars, slowestMs] = [0, 0, 0];
  const unhandled: unknown[] = [];
  const note = (error: unknown) => unhandled.push(error);
  process.on('unhandledRejection', note).on('uncaughtException', note);
  while (!isOver(inputs) && findings.size < maxFindings) {
    const input = inputs < target.seeds.length ? (target.seeds[inputs] ?? '') : mutate(chance, target, corpus);
    inputs++;
    chars += input.length;
    // Should it never come back, it is known which one it was.
    if (input.length > 5000) keep(input);
    const { problem, ms } = await attempt(target, input);
    slowestMs = Math.max(slowestMs, ms);
    const trouble = problem ?? (unhandled.length > 0 ? `unhandled: ${String(unhandled.splice(0)[0])}` : undefined);
    const kind = trouble?.replace(/\d+/g, 'N').slice(0, 80);
    if (trouble !== undefined && kind !== undefined && !findings.has(kind)) {
      const breaks = async (shorter: string) =>
        (await attempt(target, shorter)).problem?.replace(/\d+/g, 'N').slice(0, 80) === kind;
      findings.set(kind, { input: await shrink(input, breaks), problem: trouble });
    }
    // What inputs become grows from what they were: a change of a change of a seed.
    if (chance.is(0.02) && input.length < 20_000)
      corpus[corpus.length < maxCorpus ? corpus.length : chance.from(target.seeds.length, maxCorpus - 1)] = input;
  }
  process.off('unhandledRejection', note).off('uncaughtException', note);
  return { inputs, chars, slowestMs, findings: [...findings.values()] };
}

/** A time counts when it is taken three times over: other processes, the collector and the compiler take some, too. */
async function attempt(target: FuzzTarget, input: string): Promise<{ readonly problem?: string; readonly ms: number }> {
  const { flat, perChar } = target.allowedMs ?? { flat: 100, perChar: 0.01 };
  let least = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < 3; tries++) {
    const before = process.cpuUsage();
    try {
      await target.check(input);
    } catch (error) {
      return { problem: error instanceof Error ? `${error.name}: ${error.message}` : String(error), ms: 0 };
    }
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1000);
    if (least <= flat + perChar * input.length) return { ms: least };
  }
  return { problem: `slow: ${Math.round(least)} ms for ${input.length} characters`, ms: least };
}
