// The parsers' thread: holds the grammars and what was read of files, and answers one question after the other.
import { hash } from 'node:crypto';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { CorpusReader } from '../../workspace/corpus-bytes.ts';
import { languageOf } from '../../workspace/languages.ts';
import { openCorpus } from '../../workspace/node/corpus-reader.ts';
import { answerFromSyntax } from '../answer.ts';
import type { CodeFile, CodeFiles, ParsedFile, Parsing } from '../code-files.ts';
import { parserFor } from '../languages/languages.ts';
import type { SymbolQuery, SymbolReply } from '../symbol-source.ts';
import { corpusFiles, withTexts } from './corpus-files.ts';
import { FactsCache } from './facts-cache.ts';
import { Parsers } from './parsers.ts';
import type { FromWorker, ToWorker, WorkerSetup } from './wire.ts';

/** Longest time for one question; what is left then is said to be left. */
const maxAskMs = 25_000;
const maxFactsBytes = 128 * 2 ** 20;

class ParserBroke extends Error {
  readonly hash: string;

  constructor(hash: string, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause));
    this.hash = hash;
  }
}

class SymbolWorker {
  readonly #parsers: Parsers;
  readonly #tooHard: Set<string>;
  readonly #cache = new FactsCache(maxFactsBytes);
  readonly #scopes = new Map<number, { readonly files: CodeFiles; readonly reader: CorpusReader }>();

  constructor({ grammarDir, tooHard }: WorkerSetup) {
    this.#parsers = new Parsers(grammarDir);
    this.#tooHard = new Set(tooHard);
  }

  async take(message: ToWorker): Promise<FromWorker | undefined> {
    if (message.kind === 'scope') this.#open(message);
    if (message.kind === 'drop') this.#drop(message.scope);
    if (message.kind !== 'ask') return undefined;
    const { id, scope, query, texts, cancelled } = message;
    const files = withTexts(this.#scopes.get(scope)?.files ?? { files: [], file: () => undefined }, texts);
    try {
      return { kind: 'reply', id, reply: await this.#answer(query, files, new Int32Array(cancelled)) };
    } catch (error) {
      if (error instanceof ParserBroke) return { kind: 'broken', hash: error.hash, message: error.message };
      return { kind: 'failed', id, message: error instanceof Error ? error.message : String(error) };
    }
  }

  #open({ scope, bytes, files }: Extract<ToWorker, { kind: 'scope' }>): void {
    const reader = openCorpus(bytes);
    this.#scopes.set(scope, { reader, files: corpusFiles(reader, files) });
  }

  #drop(scope: number): void {
    this.#scopes.get(scope)?.reader.close();
    this.#scopes.delete(scope);
  }

  async #answer(query: SymbolQuery, files: CodeFiles, cancelled: Int32Array): Promise<SymbolReply> {
    const needed = new Set(languagesFor(query, files).flatMap((id) => parserFor(id) ?? []));
    await this.#parsers.prepare(needed);
    const until = performance.now() + maxAskMs;
    const parsing: Parsing = {
      parse: (file) => this.#parse(file),
      goOn: () => Atomics.load(cancelled, 0) === 0 && performance.now() < until,
    };
    return answerFromSyntax(query, files, parsing);
  }

  #parse(file: CodeFile): ParsedFile {
    const language = parserFor(file.language);
    if (language === undefined) return { kind: 'no-parser' };
    const key = `${language.grammar}:${hashOf(file)}`;
    if (this.#tooHard.has(key)) return { kind: 'too-hard' };
    const known = this.#cache.get(key);
    const facts = known ?? this.#read(file, key);
    if (facts === undefined) {
      this.#tooHard.add(key);
      return { kind: 'too-hard' };
    }
    if (known === undefined) this.#cache.set(key, facts);
    return { kind: 'facts', facts };
  }

  #read(file: CodeFile, key: string) {
    const language = parserFor(file.language);
    try {
      return language && this.#parsers.read(file.text(), language);
    } catch (error) {
      throw new ParserBroke(key, error);
    }
  }
}

/** That of the text, which a file of a snapshot brings with it. */
const hashOf = (file: CodeFile): string =>
  'hash' in file && typeof file.hash === 'string' ? file.hash : hash('sha256', file.text());

function languagesFor(query: SymbolQuery, { files, file }: CodeFiles): readonly string[] {
  if ('path' in query) return [file(query.path)?.language ?? languageOf(query.path)];
  return [...new Set(files.map(({ language }) => language))];
}

function serve(port: MessagePort, setup: WorkerSetup): void {
  const worker = new SymbolWorker(setup);
  let queue: Promise<void> = Promise.resolve();
  port.on('message', (message: ToWorker) => {
    queue = queue.then(async () => {
      const reply = await worker.take(message);
      if (reply !== undefined) port.postMessage(reply);
    });
  });
}

if (parentPort !== null) serve(parentPort, workerData);
