import { decode } from '../workspace/decode.ts';
import { splitLines } from '../workspace/line-index.ts';

/** @returns what a commit holds of a file as it would be loaded, or `undefined` when that is no text. */
export function blobText(bytes: Uint8Array): string | undefined {
  const decoded = decode(bytes);
  return decoded.kind === 'text' ? decoded.text : undefined;
}

/** @returns git's number of each line: to git, a lone carriage return ends none. */
export const gitLineNumbers = (text: string): readonly number[] =>
  text.split('\n').flatMap((line, at) => splitLines(`${line}\n`).map(() => at + 1));
