import { lineKind } from './file-words.ts';

const prose = new Set(['markdown', 'restructuredtext', 'plaintext', 'asciidoc', 'latex']);
const hashComments = /^#(?!\s*(?:include|define|undef|if|ifdef|ifndef|endif|else|elif|pragma|error)\b|\[|!\[)/;

/** Tells line by line what is comment, by how the line begins: as good as reading, for a fraction of the work. */
export class LineKinds {
  readonly #isProse: boolean;
  readonly #isPython: boolean;
  /** What ends the comment that is open; empty when none is. */
  #closing = '';
  #isDocstring = false;

  constructor(language: string) {
    this.#isProse = prose.has(language);
    this.#isPython = language === 'python';
  }

  /** @param line of the file, the one after the last. @returns its kind; a definition is still `code` here. */
  next(line: string): number {
    if (this.#isProse) return lineKind.comment;
    if (this.#closing !== '') {
      if (line.includes(this.#closing)) this.#closing = '';
      return this.#isDocstring ? lineKind.docstring : lineKind.comment;
    }
    return this.#opening(line.trimStart());
  }

  #opening(text: string): number {
    const first = text.charCodeAt(0);
    if (this.#isPython && /^[rbuRBU]{0,2}(?:"""|''')/.test(text)) return this.#docstring(text);
    if (first === 0x2f /* / */) {
      if (text.startsWith('//')) return lineKind.comment;
      if (text.startsWith('/*')) return this.#block(text, '*/');
    }
    if (first === 0x23 /* # */ && hashComments.test(text)) return lineKind.comment;
    if (first === 0x2d /* - */ && text.startsWith('--')) return lineKind.comment;
    if (first === 0x3c /* < */ && text.startsWith('<!--')) return this.#block(text, '-->');
    return lineKind.code;
  }

  #block(text: string, closing: string): number {
    if (!text.includes(closing)) this.#closing = closing;
    this.#isDocstring = false;
    return lineKind.comment;
  }

  #docstring(text: string): number {
    const quote = text.includes('"""') ? '"""' : "'''";
    if (text.split(quote).length < 3) this.#closing = quote;
    this.#isDocstring = true;
    return lineKind.docstring;
  }
}
