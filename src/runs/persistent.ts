type Entry<T> = readonly [key: string, value: T];
type Level<T> = readonly (T | undefined)[];
type Bucket<T> = readonly Entry<T>[];
type Root<T> = Level<Level<Level<Bucket<T>>>>;

const fanOut = 32;
const noLevel: Level<never> = Array.from({ length: fanOut }, () => undefined);

/** FNV-1a folded to 15 bits: five for each of the three levels. */
function hash(key: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < key.length; i++) h = Math.imul(h ^ key.charCodeAt(i), 0x01000193);
  return (h ^ (h >>> 15)) & 0x7fff;
}

function replaced<T>(level: Level<T> | undefined, index: number, value: T): Level<T> {
  const copy: (T | undefined)[] = (level ?? noLevel).slice();
  copy[index] = value;
  return copy;
}

/**
 * An immutable map. `set` copies three arrays of 32 and one bucket and shares the rest, so its cost does not grow with
 * the map until tens of thousands of entries fill the 32,768 buckets.
 */
export class PersistentMap<T> {
  readonly size: number;
  readonly #root: Root<T>;

  private constructor(root: Root<T>, size: number) {
    this.#root = root;
    this.size = size;
  }

  static empty<T>(): PersistentMap<T> {
    return new PersistentMap<T>(noLevel, 0);
  }

  get(key: string): T | undefined {
    const h = hash(key);
    const bucket = this.#root[h & 31]?.[(h >>> 5) & 31]?.[h >>> 10];
    return bucket?.find(([k]) => k === key)?.[1];
  }

  set(key: string, value: T): PersistentMap<T> {
    const h = hash(key);
    const middle = this.#root[h & 31];
    const low = middle?.[(h >>> 5) & 31];
    const others = (low?.[h >>> 10] ?? []).filter(([k]) => k !== key);
    const grown = this.get(key) === undefined ? 1 : 0;
    const newLow = replaced<Bucket<T>>(low, h >>> 10, [...others, [key, value]]);
    const newMiddle = replaced<Level<Bucket<T>>>(middle, (h >>> 5) & 31, newLow);
    return new PersistentMap(replaced(this.#root, h & 31, newMiddle), this.size + grown);
  }
}

/**
 * An immutable list that only grows. Versions share one array and each sees its own length; appending to the newest
 * version is O(1), appending to an older one copies.
 */
export class AppendList<T> implements Iterable<T> {
  readonly length: number;
  readonly #items: T[];

  private constructor(items: T[], length: number) {
    this.#items = items;
    this.length = length;
  }

  static empty<T>(): AppendList<T> {
    return new AppendList<T>([], 0);
  }

  append(item: T): AppendList<T> {
    const items = this.#items.length === this.length ? this.#items : this.#items.slice(0, this.length);
    items.push(item);
    return new AppendList(items, this.length + 1);
  }

  at(index: number): T | undefined {
    const place = index < 0 ? this.length + index : index;
    return place < this.length ? this.#items[place] : undefined;
  }

  *[Symbol.iterator](): Iterator<T> {
    for (let i = 0; i < this.length; i++) yield this.#items[i] as T;
  }
}
