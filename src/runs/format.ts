/** Numbers as people read them, the same in the terminal and in the panel. */

/** 950, 9.5k, 38k, 1.2M */
export function shortCount(n: number): string {
  if (n < 1000) return String(Math.round(n));
  const [value, unit] = n < 999_500 ? [n / 1000, 'k'] : [n / 1_000_000, 'M'];
  return `${value < 9.95 ? value.toFixed(1) : Math.round(value)}${unit}`;
}

/** 1,234,567 */
export const fullCount = (n: number): string => String(Math.round(n)).replace(/\B(?=(?:\d{3})+$)/g, ',');

/** `1 file`, `2 files`, `1,200 files` */
export const plural = (n: number, noun: string): string => `${fullCount(n)} ${noun}${n === 1 ? '' : 's'}`;

/** 0.3 s, 21 s, 3 min 05 s */
export function duration(ms: number): string {
  const seconds = Math.max(0, ms) / 1000;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
}

/** `$0.06`, `$0.0004` for small sums, `cost unknown` for `null`. */
export function cost(usd: number | null): string {
  if (usd === null) return 'cost unknown';
  if (usd === 0 || usd >= 0.01) return `$${usd.toFixed(2)}`;
  return usd < 0.0001 ? '< $0.0001' : `$${usd.toFixed(4)}`;
}

/** 512 B, 4.2 KB, 51 MB */
export function byteSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const [value, unit] = bytes < 999_500 ? [bytes / 1000, 'KB'] : [bytes / 1_000_000, 'MB'];
  return `${value < 9.95 ? value.toFixed(1) : fullCount(value)} ${unit}`;
}
