import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Language as Grammar, Parser, Query } from '@vscode/tree-sitter-wasm';
import type { FileFacts } from '../facts.ts';
import type { Language } from '../languages/language.ts';
import { readFacts } from '../read-facts.ts';

/** Longest time for one file. */
const maxParseMs = 4000;

interface Ready {
  readonly parser: Parser;
  readonly query: Query;
}

/** The grammars, loaded when a file first needs them. */
export class Parsers {
  readonly #dir: string;
  readonly #ready = new Map<string, Ready>();
  #started: Promise<void> | undefined;

  /** @param dir holds `tree-sitter.wasm` and `tree-sitter-<grammar>.wasm`. */
  constructor(dir: string) {
    this.#dir = dir;
  }

  /** Loads what these languages need. @throws when a grammar is missing. */
  async prepare(languages: Iterable<Language>): Promise<void> {
    this.#started ??= Parser.init({ locateFile: (file) => join(this.#dir, file) });
    await this.#started;
    for (const language of languages) {
      if (this.#ready.has(language.grammar)) continue;
      const bytes = await readFile(join(this.#dir, `tree-sitter-${language.grammar}.wasm`));
      const grammar = await Grammar.load(bytes);
      const parser = new Parser();
      parser.setLanguage(grammar);
      this.#ready.set(language.grammar, { parser, query: new Query(grammar, language.query) });
    }
  }

  /** @returns `undefined` when the file takes too long. @throws when the parser broke. */
  read(source: string, language: Language): FileFacts | undefined {
    const ready = this.#ready.get(language.grammar);
    if (ready === undefined) throw new Error(`the grammar ${language.grammar} is not loaded`);
    const deadline = performance.now() + maxParseMs;
    const progressCallback = () => performance.now() > deadline;
    const tree = ready.parser.parse(source, null, { progressCallback });
    if (tree === null) {
      ready.parser.reset();
      return undefined;
    }
    try {
      const matches = ready.query.matches(tree.rootNode, { progressCallback });
      if (performance.now() > deadline) return undefined;
      return readFacts(source, matches, language);
    } finally {
      tree.delete();
    }
  }
}
