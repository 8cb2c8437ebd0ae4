import { randomBytes } from 'node:crypto';
import { releaseShared } from '../../util/node/release-shared.ts';
import { type FillingReader, openCorpus } from '../../workspace/node/corpus-reader.ts';
import type { HostLine } from './host-line.ts';
import type { RealmHost, RealmLimits, SealedInterpreter } from './realm/host.ts';
import { type BootRealm, compileScripts, prepareRealm, type RealmScripts } from './sealed-instance.ts';
import { applySparse, sparseHeapLength, toSparse } from './sparse.ts';
import { type Boot, maxReportBytes, type Prepare, type SessionMessage, type ToWorker } from './wire.ts';
import { WorkerChannel } from './worker-channel.ts';

/** One sealed interpreter, for one REPL, in the thread that it may block. */
export class InterpreterSession {
  readonly #line: HostLine;
  readonly #limits: RealmLimits;
  readonly #channel: WorkerChannel;
  #opened: Exclude<SessionMessage, { kind: 'run' }> | null = null;
  #corpus: FillingReader | null = null;
  #cell: SessionMessage | null = null;
  /** Whether a cell hears interrupts. One that comes before it does is kept for it. */
  #listens = false;
  #report: Uint8Array | null = null;
  #stdio = '';
  #prepared: { readonly scripts: RealmScripts; readonly boot: BootRealm } | null = null;
  #booted: Boot | null = null;
  #interpreter: SealedInterpreter | null = null;

  constructor(line: HostLine, limits: RealmLimits) {
    this.#line = line;
    this.#limits = limits;
    this.#channel = new WorkerChannel(line, {
      open: () => ({
        question: this.#opened?.question,
        index: this.#opened?.corpus.index,
        texts: this.#opened?.corpus.texts,
      }),
      next: () => {
        this.#listens = true;
        return this.#cell;
      },
      done: (report) => {
        this.#listens = false;
        this.#report = report.length <= maxReportBytes ? report : null;
      },
    });
  }

  async handle(message: ToWorker): Promise<void> {
    switch (message.kind) {
      case 'prepare':
        return this.#prepare(message);
      case 'boot':
        return this.#boot(message);
      case 'open':
      case 'refresh':
        return this.#open(message);
      case 'run':
        return this.#run(message);
    }
  }

  #prepare(message: Prepare): void {
    const scripts = compileScripts(message);
    const host = this.#createHost();
    this.#prepared = { scripts, boot: prepareRealm(scripts, this.#limits, message.origin === 'snapshot', host) };
  }

  async #boot(message: Boot): Promise<void> {
    this.#booted = message;
    this.#interpreter = (await this.#prepared?.boot(message.wasm)) ?? null;
    if (message.origin.kind === 'snapshot') this.#line.say({ kind: 'ready' });
    else this.#makeSnapshot(message.origin.sources);
  }

  #open(message: Exclude<SessionMessage, { kind: 'run' }>): void {
    this.#opened = message;
    const what = message.kind === 'open' ? 'attach' : 'refresh';
    if (this.#openText(message) && this.#python(`__import__("ask_codebase.main").main.main.${what}()`))
      this.#line.say({ kind: 'opened' });
    if (message.kind === 'refresh') releaseShared();
  }

  /** Whether there is a text to read. */
  #openText({ corpus }: Exclude<SessionMessage, { kind: 'run' }>): boolean {
    this.#corpus?.close();
    this.#corpus = null;
    try {
      this.#corpus = openCorpus(corpus.bytes);
      return true;
    } catch (error) {
      const reason = `the text of the workspace cannot be opened: ${String(error).slice(0, 300)}`;
      this.#line.say({ kind: 'broken', reason });
      return false;
    }
  }

  #run(cell: SessionMessage): void {
    this.#cell = cell;
    this.#report = null;
    this.#listens = false;
    this.#channel.waitMs = 0;
    const started = performance.now();
    if (!this.#python('__import__("ask_codebase.main").main.main.step()')) return;
    const { waitMs } = this.#channel;
    const [report, ms] = [this.#report, performance.now() - started - waitMs];
    if (report) this.#line.say({ kind: 'done', report, ms, waitMs });
    else this.#line.say({ kind: 'broken', reason: 'the interpreter ended the cell without a result' });
  }

  /** Whether the instance is still of use. */
  #python(source: string): boolean {
    this.#stdio = '';
    const interpreter = this.#interpreter;
    let reason = '';
    try {
      const status = interpreter?.run(source);
      reason = interpreter?.violation() || (status === 0 ? '' : 'its own code failed');
    } catch (error) {
      reason = interpreter?.violation() || String(error).slice(0, 300);
    }
    if (reason === '') return true;
    this.#interpreter = null;
    this.#line.say({ kind: 'broken', reason: [reason, this.#stdio.trim()].filter(Boolean).join(': ') });
    return false;
  }

  #makeSnapshot(sources: Readonly<Record<string, string>>): void {
    const literal = JSON.stringify(JSON.stringify(sources));
    const install = sources['install.py'] ?? '';
    if (!this.#python(`SOURCES = ${literal}\n${install}`) || !this.#interpreter || !this.#prepared) return;
    const heap = toSparse(this.#interpreter.heap());
    const codeCache = new Uint8Array(this.#prepared.scripts.glue.createCachedData());
    this.#line.say({ kind: 'made', heap, codeCache });
  }

  /** Functions for one realm; see RealmHost for the rules they keep. */
  #createHost(): RealmHost {
    const decoder = new TextDecoder();
    const stdlib = () => this.#booted?.stdlib ?? new Uint8Array(0);
    const heap = () => (this.#booted?.origin.kind === 'snapshot' ? this.#booted.origin.heap : null);
    let reply = new Uint8Array(0);
    const host: RealmHost = {
      now: () => performance.now(),
      random: (into) => into.set(randomBytes(into.length)),
      decode: (bytes) => decoder.decode(bytes),
      stdio: (text) => {
        if (this.#stdio.length < 4096) this.#stdio += `${text}\n`;
      },
      stdlibLength: () => stdlib().length,
      stdlib: (into) => into.set(stdlib()),
      corpusLength: () => this.#opened?.corpus.bytes.byteLength ?? 0,
      corpus: (into, position) => {
        try {
          this.#corpus?.fill(into, position);
          return this.#corpus !== null;
        } catch {
          return false;
        }
      },
      request: (request) => {
        const answered = this.#channel.handle(request);
        if (answered) reply = answered as Uint8Array<ArrayBuffer>;
        return answered ? reply.length : -1;
      },
      reply: (into, from) => into.set(reply.subarray(from, from + into.length)),
      takeSignal: () => (this.#listens ? this.#line.takeSignal() : 0),
      snapshotLength: () => {
        const sparse = heap();
        return sparse ? sparseHeapLength(sparse) : 0;
      },
      snapshot: (into) => {
        const sparse = heap();
        if (sparse) applySparse(sparse, into);
      },
    };
    for (const method of Object.values(host)) Object.setPrototypeOf(method, null);
    return Object.freeze(Object.setPrototypeOf(host, null));
  }
}
