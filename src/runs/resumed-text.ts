import { plural } from './format.ts';
import type { ResumedStep } from './run-state.ts';

const origins = {
  kept: 'the REPL was still there',
  rebuilt: 'the REPL was rebuilt',
  fresh: 'with a new REPL',
  apart: 'with a REPL of its own',
} as const;

/** For people: where a follow-up's REPL comes from, and what became of the files since. */
export function describeResumed({
  repl,
  replayed,
  changes,
}: Pick<ResumedStep, 'repl' | 'replayed' | 'changes'>): string {
  const differing = replayed.filter(({ differs }) => differs).length;
  const cells = replayed.length === 0 ? '' : ` by ${plural(replayed.length, 'cell')} that ran again`;
  const otherwise = differing === 0 ? '' : ` (${differing} ended otherwise)`;
  const counts = [
    [changes.changed, 'changed'],
    [changes.added, 'new'],
    [changes.removed, 'gone'],
  ] as const;
  const files = counts.flatMap(([paths, what]) => (paths.length > 0 ? [`${paths.length} ${what}`] : []));
  return origins[repl] + cells + otherwise + (files.length > 0 ? `; files since: ${files.join(', ')}` : '');
}
