import { resolve } from 'node:path';
import { followRun } from '../runs/node/follow-run.ts';
import type { ReadRun } from '../runs/node/read-run.ts';
import { describeRun } from '../runs/run-text.ts';
import { emptyRun, reduceRun } from '../runs/run-tree.ts';
import { type CliHost, type Keyboard, print } from './cli-host.ts';
import type { LogCommand } from './log-arguments.ts';
import { type Browsing, beginning, press, rowsInSight, settle } from './log-view/browsing.ts';
import { readKeys } from './log-view/keys.ts';
import { type LogRow, logRows } from './log-view/log-rows.ts';
import { logScreen } from './log-view/log-screen.ts';
import { openRun } from './opened-run.ts';
import { createPaint, wantsColors } from './paint.ts';
import { sanitize } from './sanitize.ts';

const lookMs = 250;

/** Shows a run: in a terminal to walk through, else as text. @returns 0. @throws CliError */
export async function showLog({ file, plain }: LogCommand, host: CliHost): Promise<number> {
  const run = await openRun(file, host);
  const { keyboard } = host;
  if (plain || host.stdout.isTTY !== true || keyboard === undefined) {
    await print(host.stdout, sanitize(describeRun(run.events)));
    return 0;
  }
  await new LogViewer(host, keyboard, run).until((onRun) => followRun(resolve(host.cwd, file), lookMs, onRun));
  return 0;
}

const enter = '\u001b[?1049h\u001b[?25l';
const leave = '\u001b[?25h\u001b[?1049l';

/** The alternate screen of a terminal from its first picture to `q`. */
class LogViewer {
  readonly #host: CliHost;
  readonly #keyboard: Keyboard;
  #run: ReturnType<typeof stateOf>;
  #browsing: Browsing;

  constructor(host: CliHost, keyboard: Keyboard, run: ReadRun) {
    this.#host = host;
    this.#keyboard = keyboard;
    this.#run = stateOf(run);
    this.#browsing = beginning(this.#run.outcome === undefined);
  }

  async until(follow: (onRun: (run: ReadRun) => void) => () => void): Promise<void> {
    const { stdout, onInterrupt } = this.#host;
    const draw = () => this.#draw();
    stdout.write(enter);
    stdout.on('resize', draw);
    const unfollow = follow((run) => {
      this.#run = stateOf(run);
      draw();
    });
    draw();
    const stops = [unfollow];
    await new Promise<void>((quit) => {
      stops.push(onInterrupt(quit));
      stops.push(this.#keyboard.listen((input) => (this.#press(input) ? quit() : draw())));
    });
    for (const stop of stops) stop();
    stdout.off('resize', draw);
    stdout.write(leave);
  }

  /** @returns whether to quit. */
  #press(input: string): boolean {
    for (const key of readKeys(input)) {
      if (key === 'quit') return true;
      this.#browsing = press(this.#browsing, key, this.#rows(), this.#height());
      this.#browsing = settle(this.#browsing, this.#rows(), this.#height());
    }
    return false;
  }

  #rows = (): readonly LogRow[] => logRows(this.#run, this.#browsing.toggled);

  #height = (): number => rowsInSight(this.#host.stdout.rows ?? 24);

  #draw(): void {
    const { stdout, env } = this.#host;
    const { columns = 80, rows: height = 24 } = stdout;
    const rows = this.#rows();
    this.#browsing = settle(this.#browsing, rows, this.#height());
    const screen = { columns, rows: height, paint: createPaint(wantsColors(stdout, env)) };
    const lines = logScreen(this.#run, rows, this.#browsing, screen);
    stdout.write(`\u001b[H${lines.map((line) => `${line}\u001b[K`).join('\r\n')}\u001b[J`);
  }
}

const stateOf = ({ events }: ReadRun) => events.reduce(reduceRun, emptyRun);
