import { escapeHtml } from './escape.ts';
import { markerAt } from './marker.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
  /** The interval of y. */
  readonly low: number;
  readonly high: number;
  /** Read out, and shown when it is pointed at. */
  readonly label: string;
}

interface Series {
  readonly name: string;
  /** Its place among all systems of the report, which gives colour and marker. */
  readonly style: number;
  readonly points: readonly Point[];
}

export interface Axis {
  readonly title: string;
  readonly ticks: readonly { readonly value: number; readonly text: string }[];
  readonly min: number;
  readonly max: number;
  readonly isLog: boolean;
}

export interface Plot {
  readonly id: string;
  readonly title: string;
  /** One sentence that says what can be seen. */
  readonly description: string;
  readonly x: Axis;
  /** What the scores from 0 to 1 are. */
  readonly yTitle: string;
  readonly series: readonly Series[];
  readonly joined: boolean;
}

const frame = { left: 66, right: 12, top: 12, bottom: 54, width: 560, height: 320 } as const;

const inner = {
  width: frame.width - frame.left - frame.right,
  height: frame.height - frame.top - frame.bottom,
} as const;

/** A plot as one SVG element; its colours are the page's. */
export function plotSvg(plot: Plot): string {
  const { id, title, description, x, series } = plot;
  const middle = (series.length - 1) / 2;
  const drawn = series.map((one, at) => seriesSvg(one, plot, (at - middle) * (plot.joined ? 4 : 0)));
  return `<svg class="plot" viewBox="0 0 ${frame.width} ${frame.height}" role="img" aria-labelledby="${id}-t ${id}-d">
<title id="${id}-t">${escapeHtml(title)}</title><desc id="${id}-d">${escapeHtml(description)}</desc>
${gridSvg(plot.yTitle)}
${x.ticks.map(({ value, text }) => xTick(atX(x, value), text)).join('\n')}
<text class="axis" x="${frame.left + inner.width / 2}" y="${frame.height - 10}" text-anchor="middle">${escapeHtml(x.title)}</text>
${drawn.join('\n')}
</svg>`;
}

function gridSvg(yTitle: string): string {
  const lines = [0, 0.25, 0.5, 0.75, 1].map((value) => {
    const y = atY(value);
    return `<line class="grid" x1="${frame.left}" x2="${frame.width - frame.right}" y1="${y}" y2="${y}"/><text class="tick" x="${frame.left - 10}" y="${y + 4}" text-anchor="end">${value * 100} %</text>`;
  });
  const middle = frame.top + inner.height / 2;
  const title = `<text class="axis" transform="translate(14 ${middle}) rotate(-90)" text-anchor="middle">${escapeHtml(yTitle)}</text>`;
  return [...lines, title].join('\n');
}

const xTick = (x: number, text: string): string =>
  `<line class="grid" x1="${x}" x2="${x}" y1="${frame.top + inner.height}" y2="${frame.top + inner.height + 5}"/><text class="tick" x="${x}" y="${frame.top + inner.height + 22}" text-anchor="middle">${escapeHtml(text)}</text>`;

/** @param shift pixels to the right, so that what lies in one place can be told apart. */
function seriesSvg({ name, style, points }: Series, { x, joined }: Plot, shift: number): string {
  const places = points.map((point) => ({ point, cx: round(atX(x, point.x) + shift), cy: atY(point.y) }));
  const line = joined ? `<polyline points="${places.map(({ cx, cy }) => `${cx},${cy}`).join(' ')}"/>` : '';
  const marks = places.map(
    ({ point, cx, cy }) =>
      `<g><title>${escapeHtml(`${name}: ${point.label}`)}</title><line class="whisker" x1="${cx}" x2="${cx}" y1="${atY(point.low)}" y2="${atY(point.high)}"/>${markerAt(style, cx, cy)}</g>`,
  );
  return `<g class="series s${style % 8}">${line}${marks.join('')}</g>`;
}

function atX({ min, max, isLog }: Axis, value: number): number {
  const place = isLog ? Math.log2(value / min) / Math.log2(max / min) : (value - min) / (max - min);
  // Room for what stands at the ends.
  return round(frame.left + 22 + place * (inner.width - 44));
}

const atY = (value: number): number => round(frame.top + (1 - value) * inner.height);

const round = (value: number): number => Number(value.toFixed(1));
