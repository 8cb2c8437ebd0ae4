import { expect, test } from 'vitest';
import { parseCodeBlocks } from '../../src/agent/code-blocks.ts';
import { parseFinalText } from '../../src/agent/final-text.ts';
import { parseCitations } from '../../src/citations/parse.ts';
import { findQuote } from '../../src/citations/quote.ts';
import { findFacts } from '../../src/citations/read-saved.ts';
import { verifyCitations } from '../../src/citations/verify.ts';
import { memorySnapshot } from '../support/workspace.ts';
import { fuzz } from './fuzz.ts';
import { targets } from './targets.ts';

test.each(targets.filter(({ name }) => name !== 'lsp'))('$name keeps its promises for 300 inputs', async (target) => {
  const { findings } = await fuzz({ ...target, allowedMs: { flat: 20_000, perChar: 1 } }, 1, (inputs) => inputs >= 300);
  expect(findings).toEqual([]);
});

const fence = '```';

/** Each took time with the square of its length: minutes, where now it is a moment. */
const endless: Readonly<Record<string, () => unknown>> = {
  'a fence of tildes that ends with a backtick': () => parseCodeBlocks(`${'~'.repeat(200_000)}\``),
  'a word after a fence that ends with a backtick': () => parseCodeBlocks(`~~~${'a'.repeat(200_000)}\``),
  'final answers that do not close': () => parseFinalText('FINAL(x\n'.repeat(50_000)),
  'brackets in brackets that cite nothing': () => parseCitations('[ab '.repeat(100_000)),
  'paths of many brackets': () => parseCitations(`[${'[a]b'.repeat(100_000)}`),
  // Took twice as long with each item: two of them could take the space between.
  'a list that never closes': () => parseCitations(`[a.ts:1${'; a.ts:1'.repeat(25_000)}`),
  'a span of many numbers': () => parseCitations(`\`[${':1'.repeat(100_000)}\``),
  'many citations on one line': () => parseCitations('“word [a:1] '.repeat(20_000)),
  'a block quote that cites in each line': () => parseCitations('> [a:1]\n'.repeat(50_000)),
  'fences that never close, in list items that cite': () => parseCitations('[a:1]\n    ```x\n'.repeat(20_000)),
  'fences on lines of another kind': () => parseCitations('[0 \r```\u2028```'.repeat(20_000)),
  'a fence without a line': () => parseCitations('`'.repeat(200_000)),
  'facts that are never closed': () => findFacts('<!-- ask-codebase-answer\n'.repeat(100_000)),
  'a quote of blank lines': () => findQuote(['a'], `a${'\n'.repeat(200_000)}b`, { startLine: 1, endLine: 1 }),
  'a quote of spaces': () => findQuote(['a'], `a\n${' '.repeat(200_000)}b`, { startLine: 1, endLine: 1 }),
  'a quote with an elision, at each line of a long file': () =>
    findQuote([...Array.from({ length: 300_000 }, () => 'a'), 'zzz'], 'a\n...\nzzz', {
      startLine: 300_000,
      endLine: 300_000,
    }),
};

test.each(Object.entries(endless))('%s is read in one go', { timeout: 20_000 }, (_, read) => {
  read();
});

test('what is shown as standing in the cited lines is a quote, however long it is and however it ends', async () => {
  const snapshot = await memorySnapshot({ 'a.ts': 'const one = 1;\n' });
  const fake = 'stealKeys();\n';
  const answers = [
    `[a.ts:1]\n${fence}\n${fake.repeat(5000)}${fence}\n`,
    `[a.ts:1]\n${fence}\n${fake}\`\`\`\`\nMore.`,
    `[a.ts:1]\n${fence}\n${fake}`,
    `- It is in [a.ts:1]\n\n      ${fence}\n      ${fake}      ${fence}\n`,
    `> [a.ts:1]\n     > ${fake}`,
    `> [a.ts:1]\n> ${fake}> As said.`,
    `[a.ts:1]\n> ${fake}> [b.ts:1]`,
    `[a.ts:1]\r${fence}\r${fake}\r${fence}\r`,
    `[a.ts:1]\r\n> ${fake}`,
    `[a.ts:1]\n${fence}\nconst one = 1;\n${fence}~~~\n${fake}${fence}\n`,
  ];
  for (const answer of answers) {
    const { citations } = verifyCitations(answer, snapshot);
    expect(new Set(citations.map(({ status }) => status))).toEqual(new Set(['unverified']));
  }
});
