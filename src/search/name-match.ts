import type { Slots } from './slots.ts';
import type { WordIndex } from './word-index.ts';

/** How well a file's defined names match: the worth of the question's words in a name, by the square of the name's share they cover. */
export class NameMatch {
  readonly #index: WordIndex;
  readonly #slotOf: ReadonlyMap<number, number>;
  readonly #weights: Float64Array;
  readonly #known = new Map<number, number>();

  constructor(index: WordIndex, slots: Slots, weights: Float64Array) {
    this.#index = index;
    this.#slotOf = new Map(slots.terms.slice(0, slots.termCount).map((term, slot) => [term, slot]));
    this.#weights = weights;
  }

  best(file: number): { readonly word: number; readonly score: number } {
    const definitions = this.#index.files[file]?.definitions ?? new Int32Array();
    let best = { word: -1, score: 0 };
    for (let at = 0; at < definitions.length; at += 2) {
      const word = definitions[at] ?? 0;
      const score = this.#scoreOf(word);
      if (score > best.score) best = { word, score };
    }
    return best;
  }

  #scoreOf(word: number): number {
    const known = this.#known.get(word);
    if (known !== undefined) return known;
    const { partStarts, parts } = this.#index.vocabulary;
    const [from, to] = [partStarts[word] ?? 0, partStarts[word + 1] ?? 0];
    let covered = 0;
    let worth = 0;
    for (let part = from; part < to; part++) {
      const slot = this.#slotOf.get(parts[part] ?? 0);
      if (slot === undefined) continue;
      covered++;
      worth += this.#weights[slot] ?? 0;
    }
    const score = to === from ? 0 : worth * (covered / (to - from)) ** 2;
    this.#known.set(word, score);
    return score;
  }
}
