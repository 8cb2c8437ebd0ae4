import { randomBytes } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { releaseShared } from '../../util/node/release-shared.ts';
import { type FillingReader, openCorpus } from '../../workspace/node/corpus-reader.ts';
import type { RealmHost, SealedInterpreter } from './realm/host.ts';
import { type BootRealm, compileScripts, prepareRealm, type RealmScripts } from './sealed-instance.ts';
import { applySparse, sparseHeapLength, toSparse } from './sparse.ts';
import { type Boot, type FromWorker, type Prepare, slot, type ToWorker, type WorkerSetup } from './wire.ts';
import { WorkerChannel } from './worker-channel.ts';

// Entry of a worker thread: one sealed interpreter, for one REPL, until the thread is ended.

const maxReportBytes = 16 * 2 ** 20;
const setup = workerData as WorkerSetup;
const session: {
  opened: Extract<ToWorker, { kind: 'open' | 'refresh' }> | null;
  corpus: FillingReader | null;
  cell: ToWorker | null;
  report: Uint8Array | null;
} = {
  opened: null,
  corpus: null,
  cell: null,
  report: null,
};
let stdio = '';

const say = (message: FromWorker, transfer: readonly ArrayBuffer[] = []) => parentPort?.postMessage(message, transfer);

const channel = new WorkerChannel(setup.shared, setup.replies, {
  open: () => ({
    question: session.opened?.question,
    index: session.opened?.corpus.index,
    texts: session.opened?.corpus.texts,
  }),
  next: () => session.cell,
  done: (report) => {
    session.report = report.length <= maxReportBytes ? report : null;
  },
  call: (id, request) => say({ kind: 'call', id, request }, [request.buffer as ArrayBuffer]),
});

let prepared: { readonly scripts: RealmScripts; readonly boot: BootRealm } | null = null;
let booted: Boot | null = null;
let interpreter: SealedInterpreter | null = null;
parentPort?.on('message', (message: ToWorker) => {
  handle(message);
});

function handle(message: ToWorker): void {
  switch (message.kind) {
    case 'prepare':
      prepare(message);
      return;
    case 'boot':
      void boot(message);
      return;
    case 'open':
    case 'refresh':
      session.opened = message;
      if (
        openText(message) &&
        python(`__import__("ask_codebase.main").main.main.${message.kind === 'open' ? 'attach' : 'refresh'}()`)
      )
        say({ kind: 'opened' });
      if (message.kind === 'refresh') releaseShared();
      return;
    case 'run':
      runCell(message);
      return;
  }
}

/** Whether there is a text to read. */
function openText({ corpus }: Extract<ToWorker, { kind: 'open' | 'refresh' }>): boolean {
  session.corpus?.close();
  session.corpus = null;
  try {
    session.corpus = openCorpus(corpus.bytes);
    return true;
  } catch (error) {
    say({ kind: 'broken', reason: `the text of the workspace cannot be opened: ${String(error).slice(0, 300)}` });
    return false;
  }
}

function prepare(message: Prepare): void {
  const scripts = compileScripts(message);
  prepared = { scripts, boot: prepareRealm(scripts, setup.limits, message.origin === 'snapshot', createHost()) };
}

async function boot(message: Boot): Promise<void> {
  booted = message;
  interpreter = (await prepared?.boot(message.wasm)) ?? null;
  if (message.origin.kind === 'snapshot') say({ kind: 'ready' });
  else makeSnapshot(message.origin.sources);
}

function runCell(cell: Extract<ToWorker, { kind: 'run' }>): void {
  session.cell = cell;
  session.report = null;
  channel.waitMs = 0;
  const started = performance.now();
  if (!python('__import__("ask_codebase.main").main.main.step()')) return;
  const waitMs = channel.waitMs;
  if (session.report) say({ kind: 'done', report: session.report, ms: performance.now() - started - waitMs, waitMs });
  else say({ kind: 'broken', reason: 'the interpreter ended the cell without a result' });
}

/** Whether the instance is still of use. */
function python(source: string): boolean {
  stdio = '';
  let reason = '';
  try {
    const status = interpreter?.run(source);
    reason = interpreter?.violation() || (status === 0 ? '' : 'its own code failed');
  } catch (error) {
    reason = interpreter?.violation() || String(error).slice(0, 300);
  }
  if (reason === '') return true;
  interpreter = null;
  say({ kind: 'broken', reason: [reason, stdio.trim()].filter(Boolean).join(': ') });
  return false;
}

function makeSnapshot(sources: Readonly<Record<string, string>>): void {
  const literal = JSON.stringify(JSON.stringify(sources));
  const install = sources['install.py'] ?? '';
  if (!python(`SOURCES = ${literal}\n${install}`) || !interpreter || !prepared) return;
  const heap = toSparse(interpreter.heap());
  say({ kind: 'made', heap, codeCache: new Uint8Array(prepared.scripts.glue.createCachedData()) });
}

/** Functions for one realm; see RealmHost for the rules they keep. */
function createHost(): RealmHost {
  const shared = new Int32Array(setup.shared);
  const decoder = new TextDecoder();
  const stdlib = () => booted?.stdlib ?? new Uint8Array(0);
  const heap = () => (booted?.origin.kind === 'snapshot' ? booted.origin.heap : null);
  let reply = new Uint8Array(0);
  const host: RealmHost = {
    now: () => performance.now(),
    random: (into) => into.set(randomBytes(into.length)),
    decode: (bytes) => decoder.decode(bytes),
    stdio: (text) => {
      if (stdio.length < 4096) stdio += `${text}\n`;
    },
    stdlibLength: () => stdlib().length,
    stdlib: (into) => into.set(stdlib()),
    corpusLength: () => session.opened?.corpus.bytes.byteLength ?? 0,
    corpus: (into, position) => {
      try {
        session.corpus?.fill(into, position);
        return session.corpus !== null;
      } catch {
        return false;
      }
    },
    request: (request) => {
      const answered = channel.handle(request);
      if (answered) reply = answered as Uint8Array<ArrayBuffer>;
      return answered ? reply.length : -1;
    },
    reply: (into, from) => into.set(reply.subarray(from, from + into.length)),
    takeSignal: () => Atomics.exchange(shared, slot.signal, 0),
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
