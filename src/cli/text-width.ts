const segments = new Intl.Segmenter();

const wide =
  /^[\u1100-\u115f\u2329\u232a\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]|^[\u{16fe0}-\u{18cff}\u{1b000}-\u{1b2ff}\u{1f200}-\u{1f2ff}\u{20000}-\u{3fffd}]|^\p{Emoji_Presentation}|\ufe0f/u;
const zero = /^[\p{Mark}\p{Default_Ignorable_Code_Point}]+$/u;
const plain = /^[ -~]*$/;

/** Columns a terminal needs. Ambiguous characters count as one, as terminals outside of East Asian locales do. */
export function textWidth(text: string): number {
  if (plain.test(text)) return text.length;
  let width = 0;
  for (const { segment } of segments.segment(text)) width += segmentWidth(segment);
  return width;
}

function segmentWidth(segment: string): number {
  if (zero.test(segment)) return 0;
  return wide.test(segment) ? 2 : 1;
}

/** Cuts a text to so many columns, `…` in the last one when something is missing. Never splits a character. */
export function clip(text: string, columns: number): string {
  if (columns <= 0) return '';
  // A line far longer than any terminal need not be measured to its end.
  const near = text.length > columns * 8 + 64 ? text.slice(0, columns * 8 + 64) : text;
  if (near === text && textWidth(text) <= columns) return text;
  let width = 0;
  let kept = '';
  for (const { segment } of segments.segment(near)) {
    width += segmentWidth(segment);
    if (width > columns - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}
