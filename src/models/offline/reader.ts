import { describeBlock, sentenceIn } from './describe-block.ts';
import { type Block, blocksOf, type NumberedLine, numberedLines } from './passage-lines.ts';
import { stemsOf, wordsOf } from './stems.ts';

/** What the offline sub-agent says of a passage. */
export interface ReadingNote {
  /** 0 to 10. */
  readonly relevance: number;
  /** The lines that bear on the question most, the first and the last. */
  readonly start: number;
  readonly end: number;
  /** What is defined there, and the line that does it; empty when nothing is. */
  readonly name: string;
  readonly signature: string;
  /** One or two sentences. */
  readonly says: string;
}

/** Longer ranges do not show what they are cited for. */
const maxLines = 45;

/** Reads a passage without a model: the part that has most of the question's words, names and comments first. */
export function readPassage(question: string, passage: string): ReadingNote {
  const lines = numberedLines(passage);
  const stems = stemsOf(question);
  const first = lines[0]?.number ?? 1;
  if (lines.length === 0) return { relevance: 0, start: first, end: first, name: '', signature: '', says: '' };
  const block = bestBlock(blocksOf(lines), stems);
  const part = narrowed(block === undefined || lines.length <= maxLines ? lines : block.lines, stems);
  const has = matches(part, stems);
  return {
    relevance: stems.length === 0 ? 0 : Math.min(10, Math.ceil((10 * has) / stems.length)),
    start: part[0]?.number ?? first,
    end: part.at(-1)?.number ?? first,
    name: block?.name ?? '',
    signature: block?.signature ?? '',
    says: block === undefined ? bestSentence(part, stems) : describeBlock(block),
  };
}

function bestBlock(blocks: readonly Block[], stems: readonly string[]): Block | undefined {
  let best: { readonly block: Block; readonly score: number } | undefined;
  for (const block of blocks) {
    const inName = wordsOf(block.name).filter((word) => stems.includes(word)).length;
    // A long block has more words by being long.
    const score = (2 * inName + matches(block.lines, stems)) / Math.sqrt(8 + block.lines.length);
    if (best === undefined || score > best.score) best = { block, score };
  }
  return best?.block;
}

const matches = (lines: readonly NumberedLine[], stems: readonly string[]): number =>
  countIn(lines.map(({ text }) => text).join('\n'), stems);

/** The window of at most `maxLines` with most matches. */
function narrowed(lines: readonly NumberedLine[], stems: readonly string[]): readonly NumberedLine[] {
  if (lines.length <= maxLines) return lines;
  const counts = lines.map((line) => matches([line], stems));
  let best = 0;
  let bestSum = -1;
  for (let start = 0; start + maxLines <= lines.length; start += 5) {
    const sum = counts.slice(start, start + maxLines).reduce((total, count) => total + count, 0);
    if (sum > bestSum) [best, bestSum] = [start, sum];
  }
  return lines.slice(best, best + maxLines);
}

/** Where nothing is defined: the sentence of the prose, or of one of the comments, that has most of the question's words. */
function bestSentence(lines: readonly NumberedLine[], stems: readonly string[]): string {
  const isProse = lines.filter(({ text }) => /^\s*[A-Z][^;{}()=]*[a-z,.]$/.test(text)).length * 3 > lines.length;
  const texts = lines.map(({ text }) => (isProse || commentMark.test(text) ? text.replace(commentMark, '') : ''));
  const sentences = texts
    .join('\n')
    .split(/\n\s*\n|(?<=[.!?:])\s+(?=[A-Z`*])/)
    .slice(0, 60);
  const counted = sentences.map((sentence, at) => ({ sentence, at, has: countIn(sentence, stems) }));
  const [best] = counted.toSorted((a, b) => b.has - a.has || a.at - b.at);
  return best === undefined || best.has === 0 ? '' : sentenceIn(best.sentence);
}

const commentMark = /^\s*(?:\/\/+[!/]?|\/?\*+(?!\/)|#+(?!\[|!)|--|<!--|[-*+>](?=\s))\s?/;

function countIn(text: string, stems: readonly string[]): number {
  const words = new Set(wordsOf(text));
  return stems.filter((word) => words.has(word)).length;
}
