const width = 180;
const height = 18;
/** Powers of ten to each side. */
const reach = 3;

interface Bar {
  readonly ratio: number;
  readonly kind: 'times' | 'times faster';
  readonly limit: number | undefined;
}

/** A ratio as a bar from the middle, which is 1; what is faster goes left. The number stands beside it, so nothing is read out. */
export function bar({ ratio, kind, limit }: Bar): string {
  const place = (value: number) => placeOf(kind === 'times' ? value : 1 / value);
  const at = place(ratio);
  const middle = width / 2;
  const tick =
    limit === undefined ? '' : `<line class="limit" x1="${place(limit)}" x2="${place(limit)}" y1="0" y2="${height}"/>`;
  const rect = `<rect class="${at <= middle ? 'less' : 'more'}" x="${round(Math.min(at, middle))}" y="4" width="${round(Math.max(1, Math.abs(at - middle)))}" height="${height - 8}" rx="1"/>`;
  return `<svg aria-hidden="true" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><line class="axis" x1="${middle}" x2="${middle}" y1="0" y2="${height}"/>${rect}${tick}</svg>`;
}

function placeOf(value: number): number {
  const power = Math.min(reach, Math.max(-reach, Math.log10(value)));
  return round(width / 2 + (power / reach) * (width / 2 - 2));
}

const round = (value: number): number => Math.round(value * 10) / 10;
