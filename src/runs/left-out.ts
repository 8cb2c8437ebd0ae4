import type { LeftOut } from '../workspace/snapshot.ts';

/** `12 binary, 3 ignored`: what was left out, by reason, the most frequent first. Empty when nothing was. */
export function countReasons(leftOut: readonly LeftOut[]): string {
  const counts = new Map<string, number>();
  for (const { reason } of leftOut) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts]
    .toSorted(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .map(([reason, n]) => `${n} ${reason}`)
    .join(', ');
}
