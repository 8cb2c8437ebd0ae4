import { duration, plural } from '../runs/format.ts';
import type { RunState } from '../runs/run-state.ts';
import { shortLine } from './agent-text.ts';
import { agentRows, type Moment, type Row } from './live-rows.ts';
import { fitLine, type Screen, span } from './paint.ts';

/** Rows beyond this do not help anybody, however tall the terminal is. */
const mostRows = 30;

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

export const spinnerAt = (now: number): string => frames[Math.floor(now / 100) % frames.length] ?? '⠋';

/** The running tree as terminal lines, never more or wider than the screen allows. Pure. */
export function liveTree(state: RunState, moment: Moment, screen: Screen): readonly string[] {
  const room = Math.min(mostRows, screen.rows - 2);
  if (room < 1 || screen.columns < 4) return [];
  const root = state.agents.get(state.rootId ?? '');
  const question = fitLine([span(shortLine(state.question), 'bold')], span(''), screen);
  const head = state.question !== '' && room >= 4 ? [question] : [];
  const rows = root === undefined ? [startingRow(state, moment)] : agentRows(root, state, 0, moment);
  return [...head, ...fitRows(rows, room - head.length).map((row) => drawRow(row, screen))];
}

function startingRow({ snapshot, startedAt }: RunState, { now, spinner }: Moment): Row {
  const what = snapshot === undefined ? 'reading the files' : `${plural(snapshot.coverage.filesLoaded, 'file')} read`;
  const right = startedAt === 0 ? '' : duration(now - startedAt);
  return { depth: 0, active: true, left: [span(spinner, 'accent'), span(` ${what}`)], right };
}

/** Keeps the first row, what is running and, of what has ended, the newest; says how many rows are missing. */
function fitRows(rows: readonly Row[], room: number): readonly Row[] {
  if (rows.length <= room) return rows;
  const places = Math.max(1, room - 1);
  const [first, ...others] = rows;
  const running = others.filter((row) => row.active).slice(0, places - 1);
  const left = places - 1 - running.length;
  const ended = left === 0 ? [] : others.filter((row) => !row.active).slice(-left);
  const kept = new Set([first, ...running, ...ended]);
  const shown = rows.filter((row) => kept.has(row));
  const more = span(`… ${rows.length - shown.length} more`, 'dim');
  return room < 2 ? shown : [...shown, { depth: 1, active: false, left: [more], right: '' }];
}

function drawRow({ depth, left, right }: Row, screen: Screen): string {
  // Deep trees in narrow terminals: the indent may take a third of the line.
  const indent = ' '.repeat(Math.min(depth * 2, Math.floor(screen.columns / 3)));
  return fitLine([span(indent), ...left], span(fitFigures(right, screen.columns * 0.4), 'dim'), screen);
}

/** The last figures are the ones to keep: what it costs and how long it takes. */
function fitFigures(text: string, columns: number): string {
  const parts = text.split(' · ');
  while (parts.length > 1 && parts.join(' · ').length > columns) parts.shift();
  return parts.join(' · ');
}
