import type { Coverage, LeftOut } from '../workspace/snapshot.ts';
import { plural } from './format.ts';

/** `12 binary, 3 ignored`: what was left out, by reason, the most frequent first. Empty when nothing was. */
export function countReasons(leftOut: readonly LeftOut[]): string {
  const counts = new Map<string, number>();
  for (const { reason } of leftOut) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts]
    .toSorted(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .map(([reason, n]) => `${n} ${reason}`)
    .join(', ');
}

/** `limited to src/agent (120 other files were not asked)`; empty when the question was about everything. */
export function scopeText({ scope }: Pick<Coverage, 'scope'>): string {
  if (scope === undefined) return '';
  const { paths, filesOutside } = scope;
  const named = paths.length > 5 ? `${paths.slice(0, 5).join(', ')} and ${paths.length - 5} more` : paths.join(', ');
  return `limited to ${named} (${plural(filesOutside, 'other file')} not asked)`;
}
