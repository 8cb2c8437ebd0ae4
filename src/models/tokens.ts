/** UTF-8 bytes per token. OpenAI's rule of thumb for English is four characters; bytes also count scripts whose letters cost more. */
const bytesPerToken = 4;

/** An estimate, right to about a third for prose and code: used to reserve budget, never where the provider has counted. */
export function estimateTokens(text: string): number {
  return Math.ceil(utf8Bytes(text) / bytesPerToken);
}

/** Bytes of `text` in UTF-8, without encoding it: prompts are megabytes. */
function utf8Bytes(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0x80) bytes += unit < 0x800 || isSurrogate(unit) ? 1 : 2;
  }
  return bytes;
}

/** Half of a pair: two halves make one character of four bytes. */
const isSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdfff;
