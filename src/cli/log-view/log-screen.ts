import type { RunState } from '../../runs/run-state.ts';
import { shortLine } from '../agent-text.ts';
import { fitLine, type Screen, span } from '../paint.ts';
import { type Browsing, rowsInSight } from './browsing.ts';
import type { LogRow } from './log-rows.ts';

const help = '↑↓ move · ←→ fold · space toggle · e all · n/p agents · f follow · q quit';

/** The whole screen as lines, no more and no wider than it. Pure. */
export function logScreen(
  run: RunState,
  rows: readonly LogRow[],
  browsing: Browsing,
  screen: Screen,
): readonly string[] {
  const state = run.outcome ?? 'going on';
  const head = fitLine([span(shortLine(run.question) || 'a run', 'bold')], span(state, 'dim'), screen);
  const height = rowsInSight(screen.rows);
  const shown = rows.slice(browsing.top, browsing.top + height);
  const lines = shown.map((row, at) => logLine(row, screen, browsing.top + at === browsing.at));
  const place = `${rows.length === 0 ? 0 : browsing.at + 1} of ${rows.length}${browsing.follow ? ' · following' : ''}`;
  const foot = fitLine([span(help, 'dim')], span(place, 'dim'), screen);
  return [head, ...lines, ...Array.from({ length: Math.max(0, height - lines.length) }, () => ''), foot];
}

/** One row; `›` before the chosen one, so that it is seen without colours as well. */
function logLine({ depth, open, spans, right }: LogRow, screen: Screen, chosen: boolean): string {
  const indent = ' '.repeat(Math.min(depth * 2, Math.floor(screen.columns / 3)));
  const fold = open === undefined ? '  ' : open ? '▾ ' : '▸ ';
  const pointer = span(chosen ? '›' : ' ', 'accent');
  const shown = chosen
    ? spans.map(({ text, style }) => span(text, style === 'plain' || style === 'dim' ? 'bold' : style))
    : spans;
  return fitLine([pointer, span(indent + fold), ...shown], span(right, 'dim'), screen);
}
