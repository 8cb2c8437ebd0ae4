import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { completePaths, foldersOf } from '../../extension/core/complete-mention.ts';
import { startersFor } from '../../extension/core/starters.ts';
import { mentionAt, mentionKinds, mentionText, parseMentions } from '../../src/protocol/mentions.ts';

describe('what a question refers to', () => {
  const named = (text: string) => parseMentions(text).map(({ kind, name }) => `${kind} ${name}`);

  it('is found with and without quotes, without the punctuation of the sentence', () => {
    expect(named('How do #file:src/a.ts, #folder:"my docs" and (#symbol:Store.get) go together?')).toEqual([
      'file src/a.ts',
      'folder my docs',
      'symbol Store.get',
    ]);
    expect(named('Issue #12, a#file:x, ##file:x, #file: and #line:7')).toEqual([]);
  });

  it('is found again as it was written, whatever the name', () => {
    const name = fc.string({ minLength: 1 }).filter((text) => !/["\n\r\u2028\u2029]/.test(text));
    fc.assert(
      fc.property(fc.constantFrom(...mentionKinds), name, fc.string(), (kind, written, rest) => {
        const text = `Why ${mentionText(kind, written)} ${rest}`;
        const [first] = parseMentions(text);
        expect(first).toMatchObject({ kind, name: written, start: 4 });
        expect(text.slice(4, first?.end)).toBe(mentionText(kind, written));
      }),
    );
  });

  it('is completed where the cursor is', () => {
    const at = (text: string) => mentionAt(text, text.length);
    expect(at('See #')).toEqual({ kind: 'file', name: '', start: 4 });
    expect(at('See #src/a')).toEqual({ kind: 'file', name: 'src/a', start: 4 });
    expect(at('See #folder:"my d')).toEqual({ kind: 'folder', name: 'my d', start: 4 });
    expect(at('#symbol:Sto')).toEqual({ kind: 'symbol', name: 'Sto', start: 0 });
    for (const text of ['See #file:a ', 'a#b', 'See', '#file:"a b" '])
      expect([text, at(text)]).toEqual([text, undefined]);
    expect(mentionAt('#file:a later', 7)).toEqual({ kind: 'file', name: 'a', start: 0 });
  });

  it('can be a file or folder, the closest first, with no end of them', () => {
    const paths = ['src/store.ts', 'src/deep/restore.ts', 'test/store/a.ts', 'README.md', 'src/steer.go'];
    const names = (typed: string) => completePaths('file', paths, typed).map((item) => item.name);
    expect(names('store')).toEqual(['src/store.ts', 'src/deep/restore.ts', 'test/store/a.ts']);
    expect(names('srcst')).toEqual(['src/steer.go', 'src/store.ts', 'src/deep/restore.ts']);
    expect(names('zzz')).toEqual([]);
    const many = Array.from({ length: 10_000 }, (_, at) => `a/b${at}`);
    expect(completePaths('file', many, 'b').length).toBeLessThan(20);
    expect(foldersOf(paths)).toEqual(['src', 'src/deep', 'test/store', 'test']);
  });
});

it('questions to begin with name the folder, and the file that is looked at', () => {
  expect(startersFor([], 'a.ts')).toEqual([]);
  expect(startersFor(['shop'], 'src/a.ts')).toEqual(
    expect.arrayContaining([expect.stringContaining('entry points of shop'), expect.stringContaining('src/a.ts')]),
  );
});
