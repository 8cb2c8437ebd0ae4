import { createHash } from 'node:crypto';
import { codeOf } from '../../../src/citations/code-of.ts';
import { parseCitations } from '../../../src/citations/parse.ts';
import { findFacts } from '../../../src/citations/read-saved.ts';
import { applyChanges, checkMarkdown, reanchor } from '../../../src/citations/reanchor.ts';
import { writeFacts } from '../../../src/citations/saved-answer.ts';
import { formatRange, verifyCitations } from '../../../src/citations/verify.ts';
import { citationGroups } from '../../../webview/shared/citation-rule.ts';
import { memorySnapshot } from '../../support/workspace.ts';
import { type FuzzTarget, hold } from '../target.ts';

const fence = '```';
const hash = (text: string) => createHash('sha256').update(text).digest('hex');
const many = Array.from({ length: 3000 }, (_, n) => `a${n % 7}`).join('\n');
const files = {
  'src/a.ts': 'export const one = 1;\n\nconst two = () => { return one + 1; };\n// [b.ts:1]\n',
  'app/[id]/page.tsx': 'line one of it\nline two of it\n',
  'many.txt': `${many}\nzzz\n`,
};
const snapshot = await memorySnapshot(files);
const facts = {
  ...{ version: 1 as const, question: 'Where --> is it?', date: '2026-01-01', models: { root: 'a', sub: 'b' } },
  ...{ calls: 1, costUsd: null, outcome: 'answered', citations: [] },
};

export const citations: FuzzTarget = {
  name: 'citations',
  seeds: [
    'It is in [src/a.ts:1-3], see `export const one = 1;` [src/a.ts:1] and [./src/a.ts:L3].',
    `As [src/a.ts:3] says:\n${fence}ts\nconst two = () => { return one + 1; };\n${fence}\n`,
    '"a0 … zzz" [many.txt:2990] and [app/[id]/page.tsx:1; src/a.ts:1-1, gone.ts:4–9]',
    '> [src/a.ts:1]\n> export const one\n',
    `# Q\n\n[src/a.ts:1]\n\n${writeFacts(facts)}`,
    `[many.txt:3000]\n${fence}\na0\n...\na1\n// …\nzzz\n${fence}\n`,
  ],
  words: [
    '[src/a.ts:1]',
    '[',
    ']',
    ':1',
    '-',
    '–',
    ';',
    ',',
    fence,
    '\n> ',
    '\n...\n',
    '…',
    'a0',
    'zzz',
    '"',
    '`',
    '“',
    '<!-- ask-codebase-answer\n',
    '\n-->',
    'L',
    'many.txt:2999',
  ],
  check(input) {
    for (const { start, end, path } of parseCitations(input))
      hold(0 <= start && start < end && end <= input.length && path.length <= end - start, 'ranges are of the answer');
    for (const { open, close } of citationGroups(input))
      hold(open >= 0 && open < close && close <= input.length, 'groups are of the answer');
    const checked = verifyCitations(input, snapshot);
    for (const { path, startLine, endLine, status, quote } of checked.citations) {
      const lines = snapshot.lines(path, startLine, endLine);
      hold(status === 'unverified' ? quote === '' : quote === lines?.join('\n'), 'a badge is of lines that are there');
    }
    const again = verifyCitations(checked.answer, snapshot);
    hold(again.answer === checked.answer, 'what was corrected stays as it is');
    const live = checkMarkdown(input, codeOf(snapshot), hash);
    applyChanges(
      input,
      reanchor(input, live, () => true, codeOf(snapshot), hash),
    );
    const found = findFacts(input)?.facts;
    if (found !== undefined)
      hold(
        JSON.stringify(findFacts(writeFacts(found))?.facts) === JSON.stringify(found),
        'facts that are written again are the same',
      );
    for (const citation of checked.citations) formatRange(citation);
  },
  allowedMs: { flat: 200, perChar: 0.02 },
};
