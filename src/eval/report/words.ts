/** What a reader of either report has to know about the figures. */
export const method = [
  'Accuracy: the last line `Answer: …` compared with the gold by code, with Wilson’s 95 % interval beside it. No model judges.',
  'File recall@k: gold files among the first k that were cited; span recall: gold line ranges that a cited range overlaps; complete: answers that cite every gold file. Means with a 95 % bootstrap interval.',
  'Citations that stand: those the host found in the files, with exactly their text, compared once more here.',
  'Files searched: the share of the loaded files that the widest search of a run went through.',
  'Lengths are in tokens of four bytes; folders as they are stand at the nearest power of four.',
  'Tokens, calls and cost are means for one item. Times are of the answering alone: files were loaded and indexed before.',
] as const;

/** `8k`, `16M`: powers of 1024; others rounded. */
export function lengthText(tokens: number): string {
  if (tokens >= 2 ** 20) return `${round(tokens / 2 ** 20)}M`;
  return tokens >= 2 ** 10 ? `${round(tokens / 2 ** 10)}k` : String(tokens);
}

const round = (value: number): string => String(Number(value.toPrecision(value < 10 ? 2 : 3)));

export const resultsText = (done: number, planned: number): string =>
  done === planned
    ? `${done} results`
    : `${done} of ${planned} results; the rest can still be had by starting it again`;
