import { defaultLimits } from '../../src/agent/limits.ts';
import type { Citation } from '../../src/citations/citation.ts';
import type { Outcome, RunEvent, RunEventBody } from '../../src/runs/events.ts';
import type { RunState } from '../../src/runs/run-state.ts';
import { emptyRun, reduceRun } from '../../src/runs/run-tree.ts';
import type { Coverage } from '../../src/workspace/snapshot.ts';

export const coverage: Coverage = {
  filesTotal: 15,
  filesLoaded: 12,
  bytesLoaded: 34_000,
  leftOut: [
    { path: 'logo.png', reason: 'binary', detail: 'image/png' },
    { path: 'photo.jpg', reason: 'binary', detail: 'image/jpeg' },
    { path: '.env', reason: 'secret', detail: '.env*' },
  ],
};

export const citations: readonly Citation[] = [
  { path: 'src/a.ts', startLine: 9, endLine: 11, status: 'verified', quote: 'one\n\ttwo\nthree', problem: '' },
  {
    path: 'src/b.ts',
    startLine: 4,
    endLine: 4,
    status: 'moved',
    quote: 'four',
    problem: 'the quoted text stands at line 4, not at line 3',
  },
  {
    path: 'src/no.ts',
    startLine: 1,
    endLine: 2,
    status: 'unverified',
    quote: '',
    problem: 'the snapshot has no file of this path',
  },
];

/** Builds event lists by hand: every event is 100 ms after the one before. */
export class Script {
  readonly events: RunEvent[] = [];
  #seq = 0;

  add(agentId: string, body: RunEventBody, parentId: string | null = null): this {
    const seq = body.type === 'model-delta' ? this.#seq : this.#seq++;
    this.events.push({ ...body, seq, at: 1_000_000 + this.events.length * 100, agentId, parentId });
    return this;
  }

  start(question = 'Where is the budget decided?'): this {
    const models = { root: 'openai:big', sub: 'openai:small' };
    this.add('run', { type: 'run-start', runId: 'r1', question, models, limits: defaultLimits, version: '0.1.0' });
    this.add('run', { type: 'snapshot', snapshotId: 'aa', roots: ['/srv/work/shop'], coverage, ms: 40 });
    return this.add('a0', { type: 'agent-start', role: 'root', depth: 0, model: 'openai:big', task: question });
  }

  turn(agentId: string, turn: number, text: string, costUsd: number | null = 0.01): this {
    const usage = { promptTokens: 1000, completionTokens: 100, cachedTokens: 500, estimated: false };
    this.add(agentId, { type: 'model-start', turn, promptChars: 4000 });
    this.add(agentId, { type: 'model-delta', text: text.slice(0, 5) });
    return this.add(agentId, { type: 'model-end', turn, text, usage, costUsd, ms: 250 });
  }

  cellStart(agentId: string, cell: number, code: string): this {
    return this.add(agentId, { type: 'cell-start', cell, code });
  }

  cellEnd(agentId: string, cell: number, printed: string, error = ''): this {
    const output = { head: printed, tail: '', totalChars: printed.length, totalLines: 1, omittedChars: 0 };
    const answer = { content: '', ready: false };
    const status = error === '' ? 'ok' : 'error';
    return this.add(agentId, { type: 'cell-end', cell, status, output, error, answer, ms: 30, waitMs: 0 });
  }

  call(agentId: string, callId: string, op: string, count: number): this {
    return this.add(agentId, { type: 'call-start', callId, op, count });
  }

  callEnd(agentId: string, callId: string, failed = 0): this {
    return this.add(agentId, { type: 'call-end', callId, failed, ms: 600 });
  }

  child(id: string, parentId: string, callId: string, role: 'llm' | 'rlm', task: string, cachedFrom?: string): this {
    const cached = cachedFrom === undefined ? {} : { cachedFrom };
    const depth = role === 'rlm' ? 1 : 0;
    return this.add(id, { type: 'agent-start', role, depth, model: 'openai:small', task, callId, ...cached }, parentId);
  }

  end(agentId: string, answer: string, outcome: Outcome = 'answered'): this {
    return this.add(agentId, { type: 'agent-end', outcome, answer, ms: 900 });
  }

  runEnd(answer: string, outcome: Outcome = 'answered', reason = ''): this {
    const sums = { modelCalls: 4, promptTokens: 4000, completionTokens: 400, cachedTokens: 2000, costUsd: 0.0412 };
    const timings = { snapshotMs: 40, replReadyMs: 200, modelMs: 1000, cellMs: 60, totalMs: 2140 };
    const usage = { ...sums, byModel: [{ model: 'openai:big', ...sums }] };
    return this.add('run', { type: 'run-end', outcome, answer, citations, coverage, usage, timings, reason });
  }

  get state(): RunState {
    return this.events.reduce(reduceRun, emptyRun);
  }
}

/** A run with everything in it: batch, failure, memory, child agent, refusal, nudge, retry, citations. */
export function wholeRun(): Script {
  const script = new Script().start();
  script
    .turn('a0', 1, 'I look first.\n```repl\nhits = grep("budget")\n```')
    .cellStart('a0', 1, 'hits = grep("budget")');
  script.cellEnd('a0', 1, '2 hits in /tmp/x-81/a.py after 0.31 s\n');
  script
    .turn('a0', 2, 'Read them.')
    .cellStart('a0', 2, '# read\nimport re\nllm_batch(parts)')
    .call('a0', 'c1', 'llm_batch', 3);
  script.child('a1', 'a0', 'c1', 'llm', 'read part 1').child('a2', 'a0', 'c1', 'llm', 'read part 2');
  script.child('a3', 'a0', 'c1', 'llm', 'read part 1', 'a1').turn('a1', 1, 'part one').end('a1', 'part one');
  script.add('a2', { type: 'model-start', turn: 1, promptChars: 10 }, 'a0');
  script.add('a2', { type: 'model-retry', attempt: 1, waitMs: 500, reason: 'too many requests' }, 'a0');
  const failure = { kind: 'server', message: 'The server answered 500.' } as const;
  script.add('a2', { type: 'model-end', turn: 1, text: '', usage: null, costUsd: null, ms: 10, failure }, 'a0');
  script.end('a3', 'part one').end('a2', '', 'failed').callEnd('a0', 'c1', 1);
  script.add('a0', { type: 'refused', what: 'llm_query', reason: 'the call budget is used up' });
  script.call('a0', 'c2', 'rlm_query', 1).child('a4', 'a0', 'c2', 'rlm', 'find the callers of spend()');
  script
    .turn('a4', 1, 'FINAL("none")', null)
    .cellStart('a4', 1, 'answer["content"] = "none"')
    .cellEnd('a4', 1, '', 'NameError: x');
  script.end('a4', 'no callers').callEnd('a0', 'c2').cellEnd('a0', 2, 'done');
  script.add('a0', { type: 'nudge', reason: 'citations', text: 'src/no.ts does not exist' });
  script.turn('a0', 3, 'It is in [src/a.ts:9-11].').add('a0', { type: 'answer', content: 'It is in [src/a.ts:9-11].' });
  script.add('a0', { type: 'citations', citations }).end('a0', 'It is in [src/a.ts:9-11].');
  return script.runEnd('# Budget\n\nIt is in [src/a.ts:9-11], not [src/b.ts:4; src/no.ts:1-2].');
}
