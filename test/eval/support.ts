import { type EvalItem, noGold } from '../../src/eval/item.ts';
import type { EvalRecord } from '../../src/eval/record.ts';
import type { EvalTask } from '../../src/eval/schedule.ts';

export const itemOf = (id: string, corpus = 'c'): EvalItem => ({
  id,
  kind: 'test',
  question: `${id}?`,
  corpus: { key: corpus, tokens: 8192 },
  gold: noGold,
});

export const recordOf = ({ key, item, system, repeat }: EvalTask, change: Partial<EvalRecord> = {}): EvalRecord => ({
  type: 'result',
  ...{ key, item: item.id, kind: item.kind, system, repeat, contextTokens: 8192, outcome: 'answered', reason: '' },
  ...{ answer: 'yes – ja', right: true, files: [], lines: [], citations: 0, standing: 0, searched: null },
  retrieval: { r1: null, r5: null, r10: null, mrr: null, span: null, complete: null },
  ...{ promptTokens: 80, completionTokens: 20, modelCalls: 1, costUsd: 0.5, ms: 1 },
  ...change,
});
