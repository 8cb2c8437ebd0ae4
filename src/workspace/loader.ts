import { type CorpusText, inMemory, type OpenSpool, type TextSpool } from './corpus-bytes.ts';
import { decode } from './decode.ts';
import { looksMinified } from './default-excludes.ts';
import { languageOf } from './languages.ts';
import { countLines } from './line-index.ts';
import { mostPathChars, type SnapshotOptions } from './options.ts';
import { secretText } from './secrets.ts';
import type { Coverage, LeftOut, SnapshotFile } from './snapshot.ts';
import { TextPages } from './text-pages.ts';
import type { FoundFile } from './tree.ts';
import type { Verdict, Verdicts } from './verdict.ts';
import type { ReadResult, WorkspaceFiles } from './workspace-files.ts';

/** Takes what was read, in path order, and decides by content. The first file over a total limit ends the loading. */
export class Loader {
  readonly #options: Required<SnapshotOptions>;
  readonly #verdicts: Verdicts;
  readonly #hash: (bytes: Uint8Array) => string;
  readonly #pages = new TextPages();
  readonly #files: SnapshotFile[] = [];
  readonly #leftOut: LeftOut[] = [];
  readonly #openSpool: OpenSpool | undefined;
  #spool: TextSpool | undefined;
  #pathChars = 0;
  #full: string | undefined;

  constructor(options: Required<SnapshotOptions>, verdicts: Verdicts, files: WorkspaceFiles, openSpool?: OpenSpool) {
    this.#options = options;
    this.#verdicts = verdicts;
    this.#hash = (bytes) => files.hash(bytes);
    this.#openSpool = openSpool;
  }

  /** Once a total limit is reached, nothing more needs to be read. */
  get isFull(): boolean {
    return this.#full !== undefined;
  }

  get bytes(): number {
    return this.#pages.total;
  }

  leaveOut(entry: LeftOut): void {
    this.#leftOut.push(entry);
  }

  /** @param read `undefined` for a file that was not read because the snapshot was full. */
  take({ root, path }: FoundFile, read: ReadResult | undefined): void {
    const fullPath = root.prefix + path;
    const judged = this.#judge(path, fullPath, read);
    if ('reason' in judged) this.#leftOut.push({ path: fullPath, ...judged });
    else this.#add(fullPath, judged.utf8, judged.lineCount);
  }

  #judge(
    path: string,
    fullPath: string,
    read: ReadResult | undefined,
  ): Verdict | { readonly utf8: Uint8Array; readonly lineCount: number } {
    if (this.#full !== undefined || read === undefined) return { reason: 'limit', detail: this.#full ?? 'not read' };
    if (read.kind === 'failed') return { reason: 'unreadable', detail: read.detail };
    if (read.kind === 'too-large') {
      return { reason: 'too-large', detail: `${read.size} bytes; the limit is ${this.#options.maxFileBytes}` };
    }
    const decoded = decode(read.bytes);
    if (decoded.kind !== 'text') return { reason: decoded.kind, detail: decoded.detail };
    const { text, utf8 } = decoded;
    const secret = secretText(path, text);
    if (secret !== undefined && !this.#verdicts.isNoSecret(path)) return { reason: 'secret', detail: secret };
    const lineCount = countLines(utf8);
    const minified = this.#options.useDefaultExcludes && looksMinified(path, utf8.length, lineCount);
    if (minified) return { reason: 'excluded', detail: 'minified' };
    this.#full = this.#limitFor(fullPath, utf8.length);
    return this.#full === undefined ? { utf8, lineCount } : { reason: 'limit', detail: this.#full };
  }

  /** To be called between two files: moves text out of memory once there is too much of it. @throws when that fails. */
  async relieve(): Promise<void> {
    if (this.bytes <= this.#options.maxInMemoryBytes || this.#openSpool === undefined) return;
    this.#spool ??= await this.#openSpool();
    for (const page of this.#pages.takeFull()) await this.#spool.append(page);
  }

  /** Nothing more comes, and nobody wants what there is. */
  async abandon(): Promise<void> {
    await this.#spool?.discard();
  }

  async finish(pause: () => Promise<void>): Promise<{
    readonly files: readonly SnapshotFile[];
    readonly text: CorpusText;
    readonly coverage: Coverage;
  }> {
    const filesLoaded = this.#files.length;
    const filesLeftOut = this.#leftOut.filter(({ path }) => !path.endsWith('/')).length;
    const coverage = {
      filesTotal: filesLoaded + filesLeftOut,
      filesLoaded,
      bytesLoaded: this.#pages.total,
      leftOut: this.#leftOut,
    };
    return { files: this.#files, text: await this.#text(pause), coverage };
  }

  async #text(pause: () => Promise<void>): Promise<CorpusText> {
    await this.relieve();
    if (this.#spool === undefined) return inMemory(await this.#pages.toShared(pause));
    for (const page of this.#pages.takeAll()) await this.#spool.append(page);
    return await this.#spool.finish();
  }

  #limitFor(path: string, bytes: number): string | undefined {
    const { maxFiles, maxInMemoryBytes } = this.#options;
    const spooling = this.#openSpool !== undefined;
    const maxBytes = spooling ? this.#options.maxBytes : Math.min(this.#options.maxBytes, maxInMemoryBytes);
    if (this.#pathChars + path.length > mostPathChars)
      return `the limit of ${mostPathChars} characters for all paths together was reached`;
    if (this.#files.length >= maxFiles) return `the limit of ${maxFiles} files was reached`;
    return this.bytes + bytes > maxBytes ? `the limit of ${maxBytes} bytes was reached` : undefined;
  }

  #add(path: string, utf8: Uint8Array, lineCount: number): void {
    this.#pathChars += path.length;
    this.#files.push({
      path,
      offset: this.#pages.total,
      byteLength: utf8.length,
      lineCount,
      language: languageOf(path),
      hash: this.#hash(utf8),
    });
    this.#pages.append(utf8);
  }
}
