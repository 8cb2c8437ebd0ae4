import type { RunEvent } from '../runs/events.ts';
import type { RunState } from '../runs/run-state.ts';
import type { CliHost } from './cli-host.ts';
import { liveTree, spinnerAt } from './live-tree.ts';
import { createPaint, type Screen, wantsColors } from './paint.ts';
import { progressLine } from './plain-progress.ts';
import { textWidth } from './text-width.ts';

const frameMs = 100;

/** Shows on stderr how a run goes. */
export interface Progress {
  /** `state` is the one after the event. */
  show(event: RunEvent, state: RunState): void;
  /** Leaves the last picture standing and the cursor below it. Idempotent. */
  stop(): void;
}

export function createProgress(host: CliHost): Progress {
  const canRedraw = host.stderr.isTTY === true && host.env.TERM !== 'dumb';
  return canRedraw ? new LiveProgress(host) : plainProgress(host);
}

const plainProgress = ({ stderr }: CliHost): Progress => ({
  show(event, state) {
    const line = progressLine(event, state);
    if (line !== undefined) stderr.write(`${line}\n`);
  },
  stop: () => undefined,
});

type Draw = ReturnType<typeof import('log-update').createLogUpdate>;

class LiveProgress implements Progress {
  readonly #host: CliHost;
  readonly #paint: Screen['paint'];
  readonly #timer: NodeJS.Timeout;
  #state: RunState | undefined;
  #draw: Draw | undefined;
  #shown: readonly string[] = [];
  #stopped = false;

  constructor(host: CliHost) {
    this.#host = host;
    this.#paint = createPaint(wantsColors(host.stderr, host.env));
    this.#timer = setInterval(() => this.#frame(), frameMs).unref();
    host.stderr.on('resize', this.#onResize);
    // Imported here: a run in a pipe does without, and no run waits for it.
    import('log-update').then(
      ({ createLogUpdate }) => {
        this.#draw = createLogUpdate(host.stderr as unknown as NodeJS.WritableStream);
      },
      () => undefined,
    );
  }

  show(_event: RunEvent, state: RunState): void {
    this.#state = state;
  }

  stop(): void {
    if (this.#stopped) return;
    this.#frame();
    this.#stopped = true;
    clearInterval(this.#timer);
    this.#host.stderr.off('resize', this.#onResize);
    if (this.#shown.length > 0) this.#draw?.done();
  }

  get #columns(): number {
    return this.#host.stderr.columns ?? 80;
  }

  #frame(): void {
    if (this.#stopped || this.#draw === undefined || this.#state === undefined) return;
    const now = this.#host.now();
    // One column stays free: some terminals wrap a line that fills the last one.
    const screen: Screen = { columns: this.#columns - 1, rows: this.#host.stderr.rows ?? 24, paint: this.#paint };
    this.#shown = liveTree(this.#state, { now, spinner: spinnerAt(now) }, screen);
    if (this.#shown.length > 0) this.#draw(this.#shown.join('\n'));
  }

  /** A narrower terminal has wrapped the old picture; log-update would erase too few of its lines. */
  readonly #onResize = (): void => {
    if (this.#shown.length === 0) return;
    const columns = Math.max(1, this.#columns);
    const plain = (line: string) => line.replace(ansiColor, '');
    const rows = this.#shown.reduce((sum, line) => sum + Math.max(1, Math.ceil(textWidth(plain(line)) / columns)), 0);
    this.#host.stderr.write(`\u001b[${Math.min(rows, this.#host.stderr.rows ?? 24)}A\r\u001b[J`);
    this.#draw?.done();
    this.#shown = [];
    this.#frame();
  };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: colours as picocolors writes them.
const ansiColor = /\u001b\[\d+m/g;
