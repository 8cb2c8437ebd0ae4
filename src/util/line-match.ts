/**
 * Which lines of `now` stand, in the same order, in `before`.
 * @returns for every line of `now` its 1-based line in `before`; 0 for a new or changed one.
 */
export function matchLines(before: readonly string[], now: readonly string[]): readonly number[] {
  const matched = new Array<number>(now.length).fill(0);
  matchBetween({ before, now, matched }, 0, before.length, 0, now.length);
  return matched;
}

interface Texts {
  readonly before: readonly string[];
  readonly now: readonly string[];
  readonly matched: number[];
}

/** Patience: equal ends first, then lines that are unique on both sides, then what lies between those. */
function matchBetween(texts: Texts, b0: number, b1: number, n0: number, n1: number): void {
  const { before, now, matched } = texts;
  while (b0 < b1 && n0 < n1 && before[b0] === now[n0]) matched[n0++] = ++b0;
  while (b0 < b1 && n0 < n1 && before[b1 - 1] === now[n1 - 1]) matched[--n1] = b1--;
  if (b0 === b1 || n0 === n1) return;
  let [b, n] = [b0, n0];
  const anchors = risingPairs(uniquePairs(texts, b0, b1, n0, n1));
  if (anchors.length === 0) return;
  for (const [anchorB, anchorN] of anchors) {
    matchBetween(texts, b, anchorB, n, anchorN);
    matched[anchorN] = anchorB + 1;
    [b, n] = [anchorB + 1, anchorN + 1];
  }
  matchBetween(texts, b, b1, n, n1);
}

type Pair = readonly [before: number, now: number];

function uniquePairs({ before, now }: Texts, b0: number, b1: number, n0: number, n1: number): readonly Pair[] {
  const once = (lines: readonly string[], from: number, to: number) => {
    const at = new Map<string, number>();
    for (let i = from; i < to; i++) at.set(lines[i] ?? '', at.has(lines[i] ?? '') ? -1 : i);
    return at;
  };
  const inBefore = once(before, b0, b1);
  return [...once(now, n0, n1)].flatMap(([line, n]): readonly Pair[] => {
    const b = inBefore.get(line) ?? -1;
    return n < 0 || b < 0 ? [] : [[b, n]];
  });
}

/** The longest run of pairs (sorted by `now`) whose `before` rises as well. */
function risingPairs(pairs: readonly Pair[]): readonly Pair[] {
  const ends: number[] = [];
  const previous = new Array<number>(pairs.length).fill(-1);
  pairs.forEach(([b], index) => {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[ends[middle] ?? 0]?.[0] ?? 0) < b) low = middle + 1;
      else high = middle;
    }
    previous[index] = low > 0 ? (ends[low - 1] ?? -1) : -1;
    ends[low] = index;
  });
  const chain: Pair[] = [];
  for (let at = ends.at(-1) ?? -1; at >= 0; at = previous[at] ?? -1) {
    const pair = pairs[at];
    if (pair !== undefined) chain.push(pair);
  }
  return chain.reverse();
}
