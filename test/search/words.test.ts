import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { passageStride } from '../../src/search/file-words.ts';
import { WordReader } from '../../src/search/read-words.ts';
import { stem } from '../../src/search/stem.ts';
import { subWordsOf, Vocabulary } from '../../src/search/vocabulary.ts';
import { countLines } from '../../src/workspace/line-index.ts';

describe('words', () => {
  it.each([
    ['parseHTTPHeader_v2', ['parse', 'HTTP', 'Header', 'v']],
    ['__init__', ['init']],
    ['utf8Größe', ['utf', 'Größe']],
    ['x1024', ['x', '1024']],
    ['配置', ['配', '置']],
  ])('%s has the words %j', (identifier, words) => expect(subWordsOf(identifier)).toEqual(words));

  it.each([
    'parse parses parsed parsing',
    'query queries',
    'class classes',
    'index indexes indexed',
    'stop stopped stopping',
  ])('of one kind are one: %s', (words) => expect(new Set(words.split(' ').map(stem)).size).toBe(1));

  it.each([
    ['status', 'state'],
    ['bus', 'bu'],
    ['string', 'str'],
    ['need', 'ne'],
    ['process', 'proces'],
  ])('%s is not %s', (one, other) => expect(stem(one)).not.toBe(stem(other)));

  it('keep their numbers however many there are', () => {
    const vocabulary = new Vocabulary();
    const words = fc.uniqueArray(fc.stringMatching(/^[A-Za-z_é][A-Za-z0-9_]{0,12}$/), { minLength: 1, maxLength: 400 });
    fc.assert(
      fc.property(words, (all) => {
        const ids = all.map((word) => vocabulary.wordOf(word));
        expect(ids.map((id) => vocabulary.textOf(id))).toEqual(all);
        expect(all.map((word) => vocabulary.wordOf(word))).toEqual(ids);
      }),
    );
  });
});

describe('a file read into words', () => {
  const reader = new WordReader(new Vocabulary());
  const line = fc.constantFrom(
    '',
    'def one(a):',
    '    return two',
    'class Three:',
    '# four',
    '"""',
    'five = 5',
    '}',
    'int six(int a) {',
    '中文',
  );
  const ends = fc.constantFrom('\n', '\r\n', '\r');

  it('is cut into passages that cover every line once', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(line, ends), { maxLength: 300 }),
        fc.constantFrom('a.py', 'a.cpp', 'a.ts', 'a.md'),
        (parts, path) => {
          const text = parts.flat().join('');
          const { passages, tokens } = reader.read(path, text);
          let next = 1;
          let token = 0;
          for (let at = 0; at < passages.length; at += passageStride) {
            const [start = 0, end = 0, first, last] = passages.subarray(at, at + passageStride);
            expect([start, first]).toEqual([next, token]);
            expect(end - start).toBeLessThan(60);
            next = end + 1;
            token = last ?? 0;
          }
          expect([next - 1, token]).toEqual([countLines(new TextEncoder().encode(text)), tokens.length]);
        },
      ),
    );
  });

  it('of any content does not fail', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 2000 }), (text) => void reader.read('a.js', text)));
  });
});
