const LF = 10;
const CR = 13;

/** Line ends are `\n`, `\r\n` and a lone `\r`, as in VS Code. */
export function countLines(utf8: Uint8Array): number {
  let count = 0;
  let at = 0;
  const end = utf8.length;
  // Most files hold no carriage return at all, and `includes` tells at the speed of memory.
  if (!utf8.includes(CR)) {
    for (; at < end; at++) if (utf8[at] === LF) count++;
  } else {
    for (; at < end; at++) {
      const byte = utf8[at];
      if (byte === LF || (byte === CR && utf8[at + 1] !== LF)) count++;
    }
  }
  const last = utf8[end - 1];
  return end > 0 && last !== LF && last !== CR ? count + 1 : count;
}

/** Byte offsets where lines start, and the end of the text as one more: `lineCount + 1` numbers. */
export function lineStarts(utf8: Uint8Array, lineCount: number): Uint32Array {
  const starts = new Uint32Array(lineCount + 1);
  let line = 1;
  for (let at = 0; at < utf8.length && line < lineCount; at++) {
    const byte = utf8[at];
    if (byte === LF || (byte === CR && utf8[at + 1] !== LF)) starts[line++] = at + 1;
  }
  starts[lineCount] = utf8.length;
  return starts;
}

/** Splits whole lines: their ends are dropped, and the last end does not start another line. */
export function splitLines(text: string): string[] {
  const lines = text.split(/\r\n|\r|\n/);
  if (/[\r\n]$/.test(text)) lines.pop();
  return lines;
}
