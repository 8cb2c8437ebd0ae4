import { languageOf } from '../workspace/languages.ts';
import { type Definition, definitionOf, familyOf } from './definitions.ts';
import { fileKind, saysGenerated } from './file-kind.ts';
import { type FileWords, lineKind, Numbers, tokenOf } from './file-words.ts';
import { LineKinds } from './line-kinds.ts';
import { cutPassages, type ReadDefinition } from './passages.ts';
import { definitionWordCount, hashStep, maxWordChars, type Vocabulary } from './vocabulary.ts';

/** Of larger files, only this much is ranked: what is this long is seldom written by hand. `grep` sees all of it. */
const maxChars = { code: 600_000, data: 100_000 };

/** How much of a file is read into words, in bytes. */
export const rankedBytes = (path: string, bytes: number): number =>
  Math.min(bytes, fileKind(path).isData ? maxChars.data : maxChars.code);

const other = 0;
const letter = 1;
const digit = 2;
/** A word by itself, as in Chinese. */
const ideograph = 3;

const ascii = Uint8Array.from({ length: 128 }, (_, code) => {
  const char = String.fromCharCode(code);
  if (/[A-Za-z_$]/.test(char)) return letter;
  return /\d/.test(char) ? digit : other;
});

function classOf(code: number): number {
  if (code < 128) return ascii[code] ?? other;
  if (code < 0xc0 || (code >= 0x2000 && code < 0x2c00)) return other;
  return (code >= 0x3040 && code <= 0x9fff) || (code >= 0xac00 && code <= 0xd7af) ? ideograph : letter;
}

const attribute = /^\s*(?:@\w|#!?\[|\[\w+[\](])/;

/** Reads files into words. One at a time; its buffers are used again for the next. */
export class WordReader {
  readonly #vocabulary: Vocabulary;
  readonly #tokens = new Numbers();
  readonly #lineTokens = new Numbers();
  readonly #kinds = new Numbers();
  /** 1 for an attribute or a decorator: it belongs to the definition below it. */
  readonly #attached = new Numbers();
  /** What the line that was last read holds, as far as it matters for definitions. */
  #hasKeyword = false;
  #hasCall = false;

  constructor(vocabulary: Vocabulary) {
    this.#vocabulary = vocabulary;
  }

  read(path: string, text: string): FileWords {
    const kind = fileKind(path);
    const language = languageOf(path);
    const isGenerated = kind.isGenerated || saysGenerated(text.slice(0, 600));
    const limit = Math.min(text.length, kind.isData ? maxChars.data : maxChars.code);
    for (const numbers of [this.#tokens, this.#lineTokens, this.#kinds, this.#attached]) numbers.clear();
    const definitions = this.#readLines(text, limit, language);
    this.#lineTokens.push(this.#tokens.length);
    const cut = cutPassages({
      lines: this.#kinds.length,
      kindOf: (line) => this.#kinds.at(line),
      isAttached: (line) => this.#attached.at(line) === 1,
      tokenAt: (line) => this.#lineTokens.at(line),
      definitions,
    });
    return {
      path,
      kind: { ...kind, isGenerated },
      tokens: this.#tokens.taken(),
      ...cut,
      pathWords: Int32Array.from(path.match(/[\p{L}_$][\p{L}\p{N}_$]*|\d+/gu) ?? [], (word) =>
        this.#vocabulary.wordOf(word.slice(0, maxWordChars)),
      ),
    };
  }

  #readLines(text: string, limit: number, language: string): readonly ReadDefinition[] {
    const kinds = new LineKinds(language);
    const family = familyOf(language);
    const definitions: ReadDefinition[] = [];
    const hasReturns = text.includes('\r');
    for (let from = 0; from < limit; ) {
      const end = hasReturns ? lineEnd(text, from) : newline(text, from);
      const line = text.slice(from, end);
      const first = this.#tokens.length;
      this.#lineTokens.push(first);
      let kind = kinds.next(line);
      this.#readWords(text, from, end, kind);
      if (kind === lineKind.code && this.#mayDefine(line, family)) {
        const definition = definitionOf(line, family);
        if (definition !== undefined) {
          kind = lineKind.definition;
          this.#define(definition, first, definitions);
        }
      }
      this.#kinds.push(kind);
      this.#attached.push(kind === lineKind.code && attribute.test(line) ? 1 : 0);
      from = text.charCodeAt(end) === 13 && text.charCodeAt(end + 1) === 10 ? end + 2 : end + 1;
    }
    return definitions;
  }

  #mayDefine(line: string, family: ReturnType<typeof familyOf>): boolean {
    if (this.#hasKeyword) return true;
    if (family === 'python') return line.includes('=') && classOf(line.charCodeAt(0)) === letter;
    return this.#hasCall && (family === 'braces' || (family === 'script' && line.trimEnd().endsWith('{')));
  }

  #define(definition: Definition, firstToken: number, definitions: ReadDefinition[]): void {
    for (let at = firstToken; at < this.#tokens.length; at++)
      this.#tokens.set(at, (this.#tokens.at(at) & ~3) | lineKind.definition);
    const { name, indent, minor } = definition;
    definitions.push({ word: this.#vocabulary.wordOf(name), indent, minor, line: this.#kinds.length });
  }

  #readWords(text: string, from: number, end: number, kind: number): void {
    this.#hasKeyword = false;
    this.#hasCall = false;
    for (let at = from; at < end; ) {
      const code = text.charCodeAt(at);
      const type = classOf(code);
      if (type === other) {
        if (code === 0x28 /* ( */) this.#hasCall = true;
        at++;
        continue;
      }
      const start = at;
      let hash = hashStep(0, code);
      if (type === ideograph) at++;
      else
        for (at++; at < end; at++) {
          const next = text.charCodeAt(at);
          const more = classOf(next);
          if (more === other || more === ideograph || (type === digit && more !== digit)) break;
          hash = hashStep(hash, next);
        }
      if (at - start > maxWordChars) continue;
      const word = this.#vocabulary.word(text, start, at, hash);
      if (word < definitionWordCount) this.#hasKeyword = true;
      this.#tokens.push(tokenOf(word, kind));
    }
  }
}

function newline(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  return at === -1 ? text.length : at;
}

/** Line ends are `\n`, `\r\n` and a lone `\r`, as in the snapshot. */
function lineEnd(text: string, from: number): number {
  const end = newline(text, from);
  for (let at = from; at < end; at++) if (text.charCodeAt(at) === 13) return at;
  return end;
}
