import { describe, expect, it } from 'vitest';
import { earlierTurns } from '../../extension/core/chat-history.ts';
import { answerParts, citationTitle, countStatuses } from '../../extension/core/cited-answer.ts';
import { followUps, noteOf, readNote } from '../../extension/core/follow-ups.ts';
import { progressTeller } from '../../extension/core/progress-teller.ts';
import { readToolInput } from '../../extension/core/tool-input.ts';
import { defaultLimits, lowerLimits } from '../../src/agent/limits.ts';
import type { Citation } from '../../src/citations/citation.ts';
import { sanitize } from '../../src/cli/sanitize.ts';
import type { RunEnd } from '../../src/engine-api.ts';
import { answerReport } from '../../src/runs/answer-report.ts';
import { runEnd, runEvents, stamped } from './events.ts';

const citation = (path: string, startLine: number, status: Citation['status'] = 'verified'): Citation => {
  return { path, startLine, endLine: startLine, status, quote: 'x', problem: status === 'verified' ? '' : 'why' };
};

const endWith = (...citations: readonly Citation[]) => stamped(runEnd(citations), 0) as RunEnd;

describe('an answer in the editor’s chat', () => {
  const shown = (answer: string, ...citations: readonly Citation[]) =>
    answerParts(answer, citations).map((part) => (part.kind === 'text' ? part.text : part.citation));

  it('has its citations apart, each as the host judged it', () => {
    const [a, b] = [citation('a.ts', 1), citation('b.ts', 2, 'unverified')];
    expect(shown('One [a.ts:1], two [b.ts:2; a.ts:1].', a, b)).toEqual(['One ', a, ', two [', b, '; ', a, '].']);
    expect([a, b].map(citationTitle)).toEqual(['a.ts:1 ✓', 'b.ts:2 ✗ not verified']);
    expect(countStatuses([a, b])).toBe('2 citations: 1 verified, 1 unverified');
    expect(countStatuses([])).toBe('no citations: nothing was checked');
  });

  it('makes no link of what nobody checked, and draws no image', () => {
    expect(shown('See [c.ts:3] ![](https://evil.example/?q=1) ![x][y]')).toEqual([
      'See [c.ts:3] !\\[](https://evil.example/?q=1) !\\[x][y]',
    ]);
  });

  it('offers questions that go on from it', () => {
    const note = noteOf('r', endWith(citation('a.ts', 1), citation('b.ts', 1), citation('b.ts', 2)));
    expect(followUps(note)[0]).toBe('How is b.ts tested?');
    expect(readNote(JSON.parse(JSON.stringify(note)))).toEqual(note);
    expect(followUps({ ...note, cited: [] })).toEqual([]);
    expect(followUps({ ...note, cited: ['docs/my file.md'] })[0]).toBe('How is `docs/my file.md` tested?');
    for (const odd of [null, 'x', {}, { runId: 1, cited: [] }, { runId: 'r', cited: [], outcome: 'odd' }])
      expect(readNote(odd)).toBeUndefined();
  });

  it('tells how far it is, and nothing once its request is cancelled: the stream is closed then', () => {
    const cancelled = new AbortController();
    const told: string[] = [];
    const onEvent = progressTeller((message) => {
      if (cancelled.signal.aborted) throw new Error('Response stream has been closed');
      told.push(message);
    }, cancelled.signal);
    const [start, ...rest] = runEvents('r', { citations: [] });
    if (start !== undefined) onEvent(start);
    expect(told).toEqual(['reading the workspace']);
    cancelled.abort();
    for (const event of rest) onEvent({ ...event, at: event.at + 5000 });
    expect(told).toHaveLength(1);
  });

  it('knows the answered questions before', () => {
    const question = (text: string) => ({ kind: 'question', text }) as const;
    const answer = (text: string) => ({ kind: 'answer', text }) as const;
    const history = [question('a?'), answer('A'), question('b?'), question('c?'), answer(' '), answer('late')];
    expect(earlierTurns(history)).toEqual([{ question: 'a?', answer: 'A' }]);
  });
});

describe('what an agent asks with', () => {
  it('is taken when it is sound', () => {
    expect(readToolInput({ question: ' why? ', scope: ['src'], maxCostUsd: 0.1, other: 1 })).toEqual({
      ...{ question: 'why?', scope: ['src'], limits: { maxCostUsd: 0.1 } },
    });
  });

  it.each([
    [undefined, 'needs a question'],
    [{ question: 7 }, 'needs a question'],
    [{ question: 'x'.repeat(20_001) }, 'longer than'],
    [{ question: 'x', scope: 'src' }, 'list of paths'],
    [{ question: 'x', scope: [1] }, 'list of paths'],
    [{ question: 'x', scope: Array(1001).fill('a') }, 'more than 1000'],
    [{ question: 'x', maxCostUsd: -1 }, 'maxCostUsd'],
    [{ question: 'x', maxSeconds: Number.NaN }, 'maxSeconds'],
  ])('is refused with what to mend: %j', (input, why) => {
    expect(() => readToolInput(input)).toThrow(why);
  });

  it('lowers limits and never raises them', () => {
    const lowered = lowerLimits(defaultLimits, { maxCostUsd: 0.1, maxSeconds: 1e9, maxCalls: 3 });
    expect(lowered).toEqual({ ...defaultLimits, maxCostUsd: 0.1, maxCalls: 3 });
  });
});

it('a program reads answer, badges, evidence and what it took', () => {
  const end = endWith(citation('a.ts', 1), citation('b.ts', 2, 'unverified'));
  const text = answerReport({ ...end, outcome: 'exhausted', reason: 'time is up' });
  expect(text).toContain('The run ended as exhausted: time is up');
  expect(text).toContain('- [a.ts:1] verified\n- [b.ts:2] unverified: why');
  expect(answerReport({ ...end, citations: [] })).toContain('No citations: nothing in this answer was checked.');
});

it('what a program reads fetches nothing and hides no judgement', () => {
  const image = '![x](http://evil.example/a.png)';
  const odd = [citation(image, 1, 'unverified'), { ...citation('a.ts', 1, 'unverified'), problem: 'not b<!-- x' }];
  const end = { ...endWith(...odd), outcome: 'failed', reason: '<img src=x>' } as const;
  const text = answerReport({ ...end, answer: `- \`\`\`\n<img src=y>\n[${image}:1]` }, sanitize);
  expect(text).not.toMatch(/!\[|<!--|<img/);
  expect(text).toContain('] unverified: why\n- [a.ts:1] unverified: not b&lt;!-- x');
});
