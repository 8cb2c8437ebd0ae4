/** What a piece of a message's content is. */
export interface Sorted {
  readonly text: string;
  readonly reasoning: string;
  /** The text that came before this piece was thinking as well. */
  readonly wasThought: boolean;
}

const opening = '<think>';
const closing = '</think>';
const nothing: Sorted = { text: '', reasoning: '', wasThought: false };

/** A closing tag that ends a line or a sentence ends a thought; elsewhere it is mentioned. */
const endsThought = /(^|[\n.!?…。！？])[ \t]*$/;

/**
 * Takes the thinking out of the content in which servers without a parser for it leave it, between tags:
 * https://docs.vllm.ai/en/latest/features/reasoning_outputs.html. It stands at the beginning only, and some models' templates
 * write the opening tag for them, so that only the closing one comes: https://huggingface.co/Qwen/Qwen3-4B-Thinking-2507.
 */
export class InlineThought {
  /** `unsure`: what came is text, unless a closing tag shows that it was a thought. `after`: before the text's first word. */
  #state: 'start' | 'thought' | 'unsure' | 'after' | 'text' = 'start';
  /** What may be the beginning of a tag. */
  #held = '';
  #said = '';

  /** @param last nothing comes after it. */
  take(content: string, last: boolean): Sorted {
    const piece = this.#held + content;
    this.#held = '';
    switch (this.#state) {
      case 'start':
        return this.#start(piece, last);
      case 'thought':
        return this.#think(piece, last);
      case 'unsure':
        return this.#doubt(piece, last);
      case 'after':
        return this.#follow(piece);
      case 'text':
        return { ...nothing, text: piece };
    }
  }

  #start(piece: string, last: boolean): Sorted {
    const begun = piece.trimStart();
    if (begun.startsWith(opening)) {
      this.#state = 'thought';
      return this.#think(begun.slice(opening.length), last);
    }
    if (!last && opening.startsWith(begun)) {
      this.#held = piece;
      return nothing;
    }
    this.#state = 'unsure';
    return this.#doubt(piece, last);
  }

  #think(piece: string, last: boolean): Sorted {
    const end = piece.indexOf(closing);
    if (end < 0) return { ...nothing, reasoning: this.#keep(piece, last) };
    this.#state = 'after';
    return { ...this.#follow(piece.slice(end + closing.length)), reasoning: piece.slice(0, end) };
  }

  #doubt(piece: string, last: boolean): Sorted {
    const end = piece.indexOf(closing);
    if (end < 0) {
      const text = this.#keep(piece, last);
      this.#said += text;
      return { ...nothing, text };
    }
    const before = this.#said + piece.slice(0, end);
    this.#state = 'text';
    if (before.includes(opening) || !endsThought.test(before)) return { ...nothing, text: piece };
    this.#state = 'after';
    return { ...this.#follow(piece.slice(end + closing.length)), reasoning: piece.slice(0, end), wasThought: true };
  }

  #follow(piece: string): Sorted {
    const text = piece.trimStart();
    if (text !== '') this.#state = 'text';
    return { ...nothing, text };
  }

  /** @returns the piece without what may be half of a closing tag. */
  #keep(piece: string, last: boolean): string {
    const from = last ? -1 : piece.lastIndexOf('<');
    if (from < 0 || !closing.startsWith(piece.slice(from))) return piece;
    this.#held = piece.slice(from);
    return piece.slice(0, from);
  }
}
