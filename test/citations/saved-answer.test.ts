import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { describe, expect, it } from 'vitest';
import { anchorOf } from '../../src/citations/anchor.ts';
import { codeOf } from '../../src/citations/code-of.ts';
import { findFacts } from '../../src/citations/read-saved.ts';
import { applyChanges, checkMarkdown, describeFate, isStale, reanchor } from '../../src/citations/reanchor.ts';
import { type SavedFacts, writeAnswer, writeFacts } from '../../src/citations/saved-answer.ts';
import { verifyCitations } from '../../src/citations/verify.ts';
import { sha256 } from '../../src/cli/sha256.ts';
import { runEnd, stamped } from '../extension/events.ts';
import { memorySnapshot } from '../support/workspace.ts';

const bucket = [
  'export class Bucket {',
  '  tokens = 0;',
  '',
  '  fill(amount: number): void {',
  '    const room = this.capacity - this.tokens;',
  '    this.tokens += Math.min(amount, room);',
  '    this.filledAt = this.clock.now();',
  '  }',
  '}',
].join('\n');
const retry = 'export const maxRetries = 3;\nexport const pauseMs = 100;\n';
const before = { 'src/bucket.ts': bucket, 'src/retry.ts': retry, 'src/other.ts': 'export const other = 1;\n' };

const facts: SavedFacts = {
  version: 1,
  question: 'How is it --> filled?',
  date: '2026-01-01T00:00:00.000Z',
  models: { root: 'offline', sub: 'offline' },
  calls: 1,
  costUsd: 0.25,
  outcome: 'answered',
  citations: [
    anchorOf({ path: 'src/bucket.ts', startLine: 4, endLine: 8 }, bucket.split('\n').slice(3, 8), sha256),
    anchorOf({ path: 'src/retry.ts', startLine: 1, endLine: 1 }, ['export const maxRetries = 3;'], sha256),
  ],
};
const saved = `# How?\n\nFilled [src/bucket.ts:4-8], at most so often [src/retry.ts:1].\n\n${writeFacts(facts)}`;

async function fates(files: Readonly<Record<string, string>>) {
  const code = codeOf(await memorySnapshot(files));
  return checkMarkdown(saved, code, sha256).map(({ fate }) => describeFate(fate));
}

describe('the record of a saved answer', () => {
  it('is read back as it was written, whatever it holds', () => {
    const word = fc.string();
    const anchor = fc.record({
      path: fc.string({ minLength: 1 }),
      startLine: fc.integer({ min: 1, max: 9 }),
      endLine: fc.integer({ min: 9, max: 99 }),
      sha256: word,
      lines: fc.array(fc.stringMatching(/^[0-9a-z]+$/)),
      words: fc.array(fc.stringMatching(/^[0-9a-z]+$/)),
    });
    fc.assert(
      fc.property(word, fc.array(anchor), word, (question, citations, around) => {
        const written: SavedFacts = { ...facts, question, citations };
        const text = `${around.replaceAll('<!--', '')}\n${writeFacts(written)}`;
        expect(findFacts(text)?.facts).toEqual(written);
        expect(text.match(/-->/g)?.length).toBeGreaterThan(0);
        expect(writeFacts(written).match(/-->/g)).toHaveLength(1);
      }),
    );
  });

  it('is read and re-anchored with the line ends of Windows', async () => {
    const windows = saved.replaceAll('\n', '\r\n');
    expect(findFacts(windows)).toMatchObject({ facts, end: windows.length });
    const code = codeOf(await memorySnapshot({ ...before, 'src/bucket.ts': `// new\n${bucket}` }));
    const live = checkMarkdown(windows, code, sha256);
    expect(live.map(({ fate }) => fate.kind)).toEqual(['moved', 'same']);
    const changes = reanchor(windows, live, () => true, code, sha256);
    const text = applyChanges(windows, changes);
    expect(text.startsWith(windows.slice(0, findFacts(windows)?.start).replace(':4-8', ':5-9'))).toBe(true);
    expect(checkMarkdown(text, code, sha256).filter(isStale)).toEqual([]);
  });

  it.each(['{', '{"version":2,"citations":[]}', '[]', '{"version":1,"citations":{}}'])('does not read %s', (json) => {
    expect(findFacts(`<!-- ask-codebase-answer\n${json}\n-->\n`)).toMatchObject({ facts: undefined });
  });
});

describe('the text of a saved answer', () => {
  const snapshot = memorySnapshot({ 'a.md': '![x](https://evil/) <img src=https://evil/>\n' });
  const reader = new MarkdownIt('commonmark', { html: true });

  it.each([
    'See [a.md:1] so.\n\n ```\nopen',
    'See [a.md:1] so.\n\n ````\nopen',
    'See [a.md:1] so.\n\n- ```\nopen\n```',
    'See [a.md:1] $$.\n\n```\nopen',
  ])('fetches nothing that it quotes, whatever fence was left open: %j', async (answer) => {
    const end = { ...stamped(runEnd([]), 0), ...runEnd([]), ...verifyCitations(answer, await snapshot) };
    const text = writeAnswer({ question: 'Why?', about: [], models: facts.models, end, at: 0 }, sha256);
    expect(text).toContain('![x](https://evil/) <img');
    expect(reader.render(text)).not.toContain('<img');
  });

  it('opens no fence for a path that looks like one', async () => {
    const checked = verifyCitations('See [~~~x:1] and [a.md:1].', await snapshot);
    const end = { ...stamped(runEnd([]), 0), ...runEnd([]), ...checked };
    const text = writeAnswer({ question: '~~~ why?', about: ['~~~y:1'], models: facts.models, end, at: 0 }, sha256);
    expect(text).toContain('- [~~~x:1] — unverified');
    expect(text).not.toMatch(/^~~~/m);
  });
});

describe('what became of cited code', () => {
  it('is the same, white space aside', async () => {
    expect(await fates(before)).toEqual(['as it was cited', 'as it was cited']);
    const indented = bucket.replaceAll('  ', '\t').replaceAll('\n', '\r\n');
    expect((await fates({ ...before, 'src/bucket.ts': indented }))[0]).toBe('as it was cited');
  });

  it('tells moved, renamed, edited and deleted apart', async () => {
    const movedDown = await fates({ ...before, 'src/bucket.ts': `// new\n// lines\n${bucket}` });
    expect(movedDown[0]).toBe('moved to src/bucket.ts:6-10');
    const renamed = await fates({ 'lib/pail.ts': bucket, 'src/retry.ts': retry });
    expect(renamed[0]).toBe('its file was renamed: now lib/pail.ts:4-8');
    const typed = await fates({ 'src/bucket.mts': bucket, 'src/retry.ts': retry });
    expect(typed[0]).toBe('its file was renamed: now src/bucket.mts:4-8');
    const elsewhere = await fates({ ...before, 'src/bucket.ts': 'export {};\n', 'src/fill.ts': bucket });
    expect(elsewhere[0]).toBe('moved to src/fill.ts:4-8');
    const edited = await fates({ ...before, 'src/bucket.ts': bucket.replace('Math.min(amount, room)', 'amount') });
    expect(edited[0]).toBe('edited: 4 of 5 cited lines left, now src/bucket.ts:4-8');
    expect((await fates({ ...before, 'src/bucket.ts': 'export {};\n' }))[0]).toBe(
      'deleted: the cited lines are no longer in src/bucket.ts',
    );
    expect((await fates({ 'src/retry.ts': retry }))[0]).toBe('deleted: src/bucket.ts is gone');
    const renamedAndEdited = await fates({ 'lib/bucket.ts': bucket.replace('Math.min(amount, room)', 'amount') });
    expect(renamedAndEdited[0]).toBe('edited: 4 of 5 cited lines left, now lib/bucket.ts:4-8');
  });

  it('recognises a single line by its words', async () => {
    expect((await fates({ ...before, 'src/retry.ts': `// a\n${retry.replace('3', '5')}` }))[1]).toBe(
      'edited: 0 of 1 cited lines left, now src/retry.ts:2',
    );
    expect((await fates({ ...before, 'src/retry.ts': 'const nothing = "like it";\n' }))[1]).toContain('deleted');
  });

  it('does not follow a short text into another file', async () => {
    const brace = { ...facts, citations: [anchorOf({ path: 'a.ts', startLine: 1, endLine: 1 }, ['}'], sha256)] };
    const code = codeOf(await memorySnapshot({ 'b.ts': 'x {\n}\n' }));
    const [live] = checkMarkdown(`[a.ts:1]\n${writeFacts(brace)}`, code, sha256);
    expect(live?.fate).toEqual({ kind: 'deleted', why: 'a.ts is gone' });
  });
});

it('what was not verified is not called as it was cited', async () => {
  const code = codeOf(await memorySnapshot(before));
  const quoting = '[src/retry.ts:1-2]:\n```\nexport const maxRetries = 9;\n```\n';
  const fatesIn = (text: string) => checkMarkdown(text, code, sha256).map(({ fate }) => describeFate(fate));
  const answer = `See [src/retry.ts:1-2] and ${quoting}\n${writeFacts({ ...facts, citations: [] })}`;
  expect(fatesIn(answer)).toEqual(['as it was cited', 'cannot be verified: the quoted text does not stand there']);
  expect(fatesIn(answer.replace('9', '3'))).toEqual(['as it was cited', 'as it was cited']);
  expect(fatesIn(`Run it [src/retry.ts:1-2]:\n\`\`\`\nnpm start\n\`\`\`\n`)).toEqual(['as it was cited']);
});

describe('re-anchoring', () => {
  it('leaves nothing stale that could be found, and changes nothing else', async () => {
    const code = codeOf(await memorySnapshot({ 'lib/pail.ts': `//\n${bucket}`, 'src/retry.ts': `\n\n${retry}` }));
    const live = checkMarkdown(saved, code, sha256);
    const text = applyChanges(
      saved,
      reanchor(saved, live, () => true, code, sha256),
    );
    expect(text).toContain('Filled [lib/pail.ts:5-9], at most so often [src/retry.ts:3].');
    expect(checkMarkdown(text, code, sha256).filter(isStale)).toEqual([]);
    expect(findFacts(text)?.facts).toMatchObject({ question: facts.question, costUsd: 0.25 });
    const again = checkMarkdown(text, code, sha256);
    expect(reanchor(text, again, () => true, code, sha256)).toEqual([]);
  });

  it('moves one and leaves the others', async () => {
    const code = codeOf(
      await memorySnapshot({ ...before, 'src/bucket.ts': `\n${bucket}`, 'src/retry.ts': `\n${retry}` }),
    );
    const live = checkMarkdown(saved, code, sha256);
    const text = applyChanges(
      saved,
      reanchor(saved, live, ({ cited }) => cited.path === 'src/retry.ts', code, sha256),
    );
    expect(checkMarkdown(text, code, sha256).map(({ fate }) => fate.kind)).toEqual(['moved', 'same']);
  });

  describe('of citations one below the other', () => {
    const codeOfThing = (name: string) => [`function ${name}() {`, `  return ${name}Value + ${name}Rest;`, '}'];
    const [first, second] = [codeOfThing('first'), codeOfThing('second')];
    const citations = [first, second].map((lines, at) =>
      anchorOf({ path: 'a.ts', startLine: 1 + 3 * at, endLine: 3 + 3 * at }, lines, sha256),
    );
    const text = `One [a.ts:1-3], two [a.ts:4-6].\n\n${writeFacts({ ...facts, citations })}`;
    const moveFirst = async (lines: readonly string[]) => {
      const code = codeOf(await memorySnapshot({ 'a.ts': lines.join('\n') }));
      const live = checkMarkdown(text, code, sha256);
      return applyChanges(
        text,
        reanchor(text, live, ({ cited }) => cited.startLine === 1, code, sha256),
      );
    };

    it('moves along what stands where one goes', async () => {
      const moved = await moveFirst(['//', '//', '//', ...first, ...second]);
      expect(moved).toContain('One [a.ts:4-6], two [a.ts:7-9].');
      expect(findFacts(moved)?.facts?.citations.map(({ startLine }) => startLine)).toEqual([4, 7]);
    });

    it('moves none to where another stays whose text is lost', async () => {
      expect(await moveFirst(['//', '//', '//', ...first])).toBe(text);
    });
  });
});
