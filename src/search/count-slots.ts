import { passageStride } from './file-words.ts';
import type { Slots } from './slots.ts';
import { fifths, type WordIndex } from './word-index.ts';

/** An abbreviation counts as half the word. */
const abbreviationShare = 0.5;

/** How much of each slot every passage has that has any: a row for each such passage. */
export interface Counts {
  readonly passages: Int32Array;
  readonly cells: Uint8Array;
}

/** Counts what every passage has of what is looked for. */
export function countSlots(index: WordIndex, slots: Slots): Counts {
  const { postingStarts, postings, weights, fileOfPassage } = index;
  const rowOf = new Int32Array(fileOfPassage.length).fill(-1);
  const rangeOf = (term: number) => [postingStarts[term] ?? 0, postingStarts[term + 1] ?? 0] as const;
  const ranges = slots.terms.map(rangeOf);
  const inShort = slots.abbreviations.map(([term, slot]) => [...rangeOf(term), slot] as const);
  for (const [from, to] of [...ranges, ...inShort]) for (let at = from; at < to; at++) rowOf[postings[at] ?? 0] = 0;
  let rows = 0;
  for (let passage = 0; passage < rowOf.length; passage++) if (rowOf[passage] === 0) rowOf[passage] = rows++;
  const passages = new Int32Array(rows);
  for (let passage = 0; passage < rowOf.length; passage++) {
    const row = rowOf[passage] ?? -1;
    if (row >= 0) passages[row] = passage;
  }
  const cells = new Uint8Array(rows * slots.count);
  ranges.forEach(([from, to], slot) => {
    for (let at = from; at < to; at++) cells[(rowOf[postings[at] ?? 0] ?? 0) * slots.count + slot] = weights[at] ?? 0;
  });
  for (const [from, to, slot] of inShort)
    for (let at = from; at < to; at++) {
      const cell = (rowOf[postings[at] ?? 0] ?? 0) * slots.count + slot;
      cells[cell] = Math.min(255, (cells[cell] ?? 0) + Math.round(abbreviationShare * (weights[at] ?? 0)));
    }
  const counts = { passages, cells };
  if (slots.pairs.size > 0) countPairs(index, slots, counts);
  return counts;
}

/** Words that follow each other in the question and in the code as well, also inside one identifier. */
function countPairs(index: WordIndex, slots: Slots, { passages, cells }: Counts): void {
  const { vocabulary, files, firstPassage, fileOfPassage } = index;
  const { partStarts, parts } = vocabulary;
  const slotOf = new Int16Array(vocabulary.termCount).fill(-1);
  slots.terms.slice(0, slots.termCount).forEach((term, slot) => {
    slotOf[term] = slot;
  });
  const pairs = [...slots.pairs].map(([key, slot]) => [Math.floor(key / 4096), key % 4096, slot] as const);
  for (let row = 0; row < passages.length; row++) {
    const base = row * slots.count;
    if (!pairs.some(([first, second]) => cells[base + first] !== 0 && cells[base + second] !== 0)) continue;
    const passage = passages[row] ?? 0;
    const fileAt = fileOfPassage[passage] ?? 0;
    const file = files[fileAt];
    if (file === undefined) continue;
    const offset = (passage - (firstPassage[fileAt] ?? 0)) * passageStride;
    let last = -1;
    let lastAt = -1;
    for (let at = file.passages[offset + 2] ?? 0; at < (file.passages[offset + 3] ?? 0); at++) {
      const token = file.tokens[at] ?? 0;
      const word = token >> 2;
      for (let part = partStarts[word] ?? 0; part < (partStarts[word + 1] ?? 0); part++) {
        const slot = slotOf[parts[part] ?? 0] ?? -1;
        const turned = slots.eitherWay && lastAt === at ? slots.pairs.get(slot * 4096 + last) : undefined;
        const pair = slot < 0 || last < 0 ? undefined : (slots.pairs.get(last * 4096 + slot) ?? turned);
        if (pair !== undefined) cells[base + pair] = Math.min(255, (cells[base + pair] ?? 0) + fifths);
        last = slot;
        lastAt = at;
      }
    }
  }
}

/** File → the slots that its path has. */
export function pathSlots(index: WordIndex, slots: Slots): ReadonlyMap<number, readonly number[]> {
  const { partStarts, parts } = index.vocabulary;
  const slotOf = new Map(slots.abbreviations);
  slots.terms.slice(0, slots.termCount).forEach((term, slot) => {
    slotOf.set(term, slot);
  });
  const found = new Map<number, readonly number[]>();
  index.files.forEach(({ pathWords }, file) => {
    let here: number[] | undefined;
    for (const word of pathWords)
      for (let part = partStarts[word] ?? 0; part < (partStarts[word + 1] ?? 0); part++) {
        const slot = slotOf.get(parts[part] ?? 0);
        if (slot === undefined) continue;
        if (here === undefined) here = [slot];
        else here.push(slot);
      }
    if (here !== undefined) found.set(file, here);
  });
  return found;
}
