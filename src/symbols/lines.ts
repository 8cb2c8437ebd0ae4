/** Where lines begin in a text, in UTF-16 units; `\n`, `\r\n` and a lone `\r` end a line. */
export class TextLines {
  readonly #text: string;
  readonly #starts: number[] = [0];

  constructor(text: string) {
    this.#text = text;
    for (const match of text.matchAll(/\r\n|\r|\n/g)) this.#starts.push(match.index + match[0].length);
  }

  /** @returns the 1-based line of an offset. */
  lineAt(offset: number): number {
    let low = 0;
    let high = this.#starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  startOf(line: number): number {
    return this.#starts[line - 1] ?? this.#text.length;
  }

  /** @returns the line without its end. */
  textOf(line: number): string {
    const start = this.startOf(line);
    let end = this.#starts[line] ?? this.#text.length;
    // Not by a pattern: it would go over the whole line, which may hold all that is looked for.
    while (end > start && /[\r\n]/.test(this.#text.charAt(end - 1))) end--;
    return this.#text.slice(start, end);
  }
}
