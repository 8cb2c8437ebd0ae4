import { expect, test } from 'vitest';
import type { SourceFile } from '../../src/eval/generate/filler.ts';
import { makeSet } from '../../src/eval/node/made-sets.ts';
import { buildSnapshot } from '../../src/workspace/build-snapshot.ts';
import type { Snapshot } from '../../src/workspace/snapshot.ts';
import { neverAborted } from '../support/workspace.ts';

/** Functions of four lines with a blank one between, in two languages. */
const sources: readonly SourceFile[] = Array.from({ length: 40 }, (_, n) => {
  const isPython = n % 2 === 0;
  const piece = (at: number) =>
    isPython
      ? [`def step_${n}_${at}(x):`, `    return x + ${at}`, '']
      : [`function step${n}x${at}(x) {`, `  return x + ${at};`, '}', ''];
  const lines = Array.from({ length: 60 }, (_, at) => piece(at)).flat();
  return {
    path: `src/part${n}.${isPython ? 'py' : 'ts'}`,
    lines,
    bytes: lines.reduce((sum, line) => sum + line.length + 1, 0),
  };
});

const options = { seed: 'a', sizes: [8192, 65_536], perSize: 3 };

async function snapshots(name: 's-niah' | 'aggregate') {
  const { items, sources: corpora, notes } = makeSet(name, options, sources);
  const open = new Map<string, Snapshot>();
  for (const [key, { files, options: how }] of corpora) open.set(key, await buildSnapshot(files, how, neverAborted()));
  return { items, open, notes };
}

test('a needle stands where the gold says, and nowhere else', async () => {
  const { items, open, notes } = await snapshots('s-niah');
  expect(items).toHaveLength(6);
  for (const { corpus, gold, question } of items) {
    const snapshot = open.get(corpus.key);
    const [path, start, end] = gold.lines[0] ?? ['', 0, 0];
    const value = gold.answer?.value ?? '';
    const lines = snapshot?.lines(path, start, end) ?? [];
    expect(lines.join('\n')).toContain(`return "${value}"`);
    expect(lines[0]).toMatch(/^(?:#|\/\/) The release gate of the /);
    expect(question).toContain(lines[0]?.replace(/^\S+ The /, '').replace(/\.$/, ''));
    const holders = snapshot?.files.filter((file) => snapshot.text(file.path)?.includes(value));
    expect(holders?.map((file) => file.path)).toEqual([path]);
    expect(gold.files).toEqual([path]);
    expect(snapshot?.coverage.leftOut).toEqual([]);
    // A line more, at most, than what was asked for, and the needle.
    const wanted = (corpus.tokens ?? 0) * 4;
    expect(snapshot?.coverage.bytesLoaded).toBeGreaterThanOrEqual(wanted);
    expect(snapshot?.coverage.bytesLoaded).toBeLessThan(wanted + 400);
  }
  // 40 files of some 2 kB are repeated for 256 kB, and the report says so.
  expect(notes).toEqual([expect.stringMatching(/^s-niah at 64k tokens repeats its code: \d+ times/)]);
});

test('what was counted is what the code holds, counted again from its text', async () => {
  const { items, open } = await snapshots('aggregate');
  for (const { corpus, gold, question } of items) {
    const snapshot = open.get(corpus.key);
    const text = snapshot?.files.map(({ path }) => snapshot.text(path)).join('') ?? '';
    const notes = [...text.matchAll(/^(?:#|\/\/) Review note by (\w+): (.*)\.$/gm)];
    const by = (name: string) => notes.filter(([, author]) => author === name).length;
    const value = gold.answer?.value;
    const [, author] = /notes are by (\w+)/.exec(question) ?? [];
    const [, one, other] = /Did (\w+) write .* as (\w+)\?/.exec(question) ?? [];
    if (author !== undefined) expect(value).toBe(String(by(author)));
    else if (one !== undefined && other !== undefined) {
      const difference = by(one) - by(other);
      expect(value).toBe(difference > 0 ? 'more' : difference < 0 ? 'fewer' : 'the same number');
    } else if (question.includes('in all of the code')) expect(value).toBe(String(notes.length));
    else if (question.includes('wrote the most')) {
      const most = Math.max(...notes.map(([, name = '']) => by(name)));
      expect(by(value ?? '')).toBe(most);
    } else expect(question).toMatch(/praise|complaint|question/);
  }
  expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
});

test('the same seed makes the same, another another', () => {
  const items = (seed: string) => JSON.stringify(makeSet('aggregate', { ...options, seed }, sources).items);
  expect(items('a')).toBe(items('a'));
  expect(items('b')).not.toBe(items('a'));
});

test('without code there is nothing to make a corpus of', () => {
  expect(() => makeSet('s-niah', options, [])).toThrow('no code to make a corpus of');
});
