const quote = 0x22;
const backslash = 0x5c;
const opensValue = new Set([...'[{,:'].map((char) => char.charCodeAt(0)));

/** How many values a JSON text holds at most, counted without building them. */
export function nodeCount(json: Uint8Array): number {
  let count = 1;
  let inString = false;
  for (let at = 0; at < json.length; at += 1) {
    const byte = json[at];
    if (inString) {
      if (byte === backslash) at += 1;
      else if (byte === quote) inString = false;
    } else if (byte === quote) inString = true;
    else if (byte !== undefined && opensValue.has(byte)) count += 1;
  }
  return count;
}
