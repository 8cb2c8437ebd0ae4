import { createColors } from 'picocolors';
import { clip, textWidth } from './text-width.ts';

export type Style = 'plain' | 'dim' | 'bold' | 'good' | 'warn' | 'bad' | 'accent';

/** A stretch of text in one style. Text is measured before it is coloured. */
export interface Span {
  readonly text: string;
  readonly style: Style;
}

export const span = (text: string, style: Style = 'plain'): Span => ({ text, style });

export type Paint = (span: Span) => string;

export function createPaint(colors: boolean): Paint {
  const c = createColors(colors);
  const paints: Readonly<Record<Style, (text: string) => string>> = {
    plain: (text) => text,
    dim: c.dim,
    bold: c.bold,
    good: c.green,
    warn: c.yellow,
    bad: c.red,
    accent: c.cyan,
  };
  return ({ text, style }) => (text === '' ? '' : paints[style](text));
}

/** A terminal as the renderers see it. */
export interface Screen {
  readonly columns: number;
  readonly rows: number;
  readonly paint: Paint;
}

/** @see https://no-color.org */
export function wantsColors(stream: { readonly isTTY?: boolean }, env: Readonly<Record<string, string | undefined>>) {
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return false;
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '') return env.FORCE_COLOR !== '0';
  return stream.isTTY === true && env.TERM !== 'dumb';
}

/** Narrower than this, a line has no room for figures at its right edge. */
const roomForRight = 48;

/** One terminal line: spans from the left, clipped to the width, and, where there is room, a text at the right edge. */
export function fitLine(left: readonly Span[], right: Span, { columns, paint }: Screen): string {
  const rightWidth = right.text !== '' && columns >= roomForRight ? textWidth(right.text) : 0;
  const room = rightWidth === 0 ? columns : columns - rightWidth - 2;
  let used = 0;
  let line = '';
  for (const { text, style } of left) {
    if (used >= room) break;
    const part = clip(text, room - used);
    used += textWidth(part);
    line += paint({ text: part, style });
  }
  return rightWidth === 0 ? line : `${line}${' '.repeat(columns - rightWidth - used)}${paint(right)}`;
}
