import { expect, test } from 'vitest';
import { isRight } from '../../src/eval/grade.ts';
import type { GoldAnswer } from '../../src/eval/item.ts';

const text: GoldAnswer = { kind: 'exact', value: 'bcdf-ghjk-mnpq' };
const number: GoldAnswer = { kind: 'exact', value: '12' };
const option: GoldAnswer = { kind: 'exact', value: 'fewer', options: ['more', 'fewer', 'the same number'] };
const letter: GoldAnswer = { kind: 'choice', value: 'B', options: ['A', 'B', 'C', 'D'] };

test.each<[GoldAnswer, string, boolean]>([
  [text, 'It returns it.\n\n**Answer:** `bcdf-ghjk-mnpq`.', true],
  [text, 'It returns "bcdf-ghjk-mnpq" [a.ts:1-2].', true],
  [text, 'It returns bcdf-ghjk-mnpqr.', false],
  [text, 'bcdf-ghjk-mnpq stands there.\nAnswer: zzzz-zzzz-zzzz', false],
  [text, 'Answer: zzzz\nOn second thought\nAnswer: bcdf-ghjk-mnpq', true],
  [number, 'There are 12 of them [src/a.ts:7-9].', true],
  [number, '[src/a.ts:12] shows 7 of them.', false],
  [number, 'Answer: 12 notes [a.ts:3]', true],
  [number, 'Answer: 112', false],
  [number, 'Answer: 12 or 13 or 14', false],
  [{ kind: 'exact', value: '1200' }, 'Answer: 1,200', true],
  [option, 'Answer: fewer', true],
  [option, 'Answer: more', false],
  [option, 'It was either more or fewer.', false],
  [option, 'Chiara wrote fewer.', true],
  [letter, 'Answer: B', true],
  [letter, 'Answer: (B) the cache', true],
  [letter, 'The correct answer is (B).', true],
  [letter, 'The answer is C', false],
  [letter, 'Both are wrong', false],
  [letter, '(B) is wrong, so it is (C).', false],
  [letter, 'It is either (B) or (D).', false],
  [{ ...letter, value: 'A' }, 'I have to say that the answer is a guess.', false],
  [letter, '', false],
])('%o: %s', (gold, answer, right) => {
  expect(isRight(answer, gold)).toBe(right);
});
