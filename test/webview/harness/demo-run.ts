import { defaultLimits } from '../../../src/agent/limits.ts';
import type { Citation } from '../../../src/citations/citation.ts';
import type { Outcome, RunEvent } from '../../../src/runs/events.ts';
import { Script } from '../../runs/sample-events.ts';

/** A run as a person would see it: a question, a look around, a batch of readers, a child, an answer with citations. */
export const demoQuestion = 'Where is the retry budget decided, and who can override it?';
export const demoRunId = 'demo';

const models = { root: 'openai:gpt-5', sub: 'openai:gpt-5-mini' };
const coverage = {
  filesTotal: 4812,
  filesLoaded: 4812,
  bytesLoaded: 31_400_000,
  leftOut: Array.from(
    { length: 37 },
    (_, at) => ({ path: `assets/${at}.png`, reason: 'binary', detail: 'image/png' }) as const,
  ),
};

const quotes = {
  client: `export class RetryBudget {
  readonly #bucket: TokenBucket;

  /** \`capacity\` retries may be in hand at once; 10 when the caller does not say. */
  constructor(options: RetryOptions = {}) {
    this.#bucket = new TokenBucket(options.retryBudget ?? DEFAULT_BUDGET);
  }`,
  bucket: `  /** Called after every response below 500. */
  refill(share = 0.1): void {
    this.#tokens = Math.min(this.#capacity, this.#tokens + share);
  }`,
  options: `def with_retries(fn: Callable[[], T], *, budget: int = 10) -> T:
    """Calls \`fn\` again while the budget lasts."""
    client = Client(retry_budget=budget)`,
};

export const demoCitations: readonly Citation[] = [
  {
    path: 'packages/http/src/client.ts',
    startLine: 88,
    endLine: 94,
    status: 'verified',
    quote: quotes.client,
    problem: '',
  },
  {
    path: 'packages/http/src/bucket.ts',
    startLine: 40,
    endLine: 43,
    status: 'verified',
    quote: quotes.bucket,
    problem: '',
  },
  {
    ...{ path: 'bindings/python/retry.py', startLine: 12, endLine: 14, status: 'moved', quote: quotes.options },
    problem: 'the quoted text stands at lines 12-14, not at lines 9-11',
  },
  {
    ...{ path: 'docs/retries.md', startLine: 300, endLine: 310, status: 'unverified', quote: '' },
    problem: 'the file has 120 lines',
  },
];

const demoAnswer = `The budget is a **token bucket kept per client** [packages/http/src/client.ts:88-94]. There is no global one.

- **Decided** by \`RetryBudget\`, which takes one token for each retry and gives a tenth back after every response below 500 [packages/http/src/bucket.ts:40-43].
- **Overridden** by whoever makes the client, with \`retryBudget\`; the Python binding passes \`budget\` on [bindings/python/retry.py:12-14].

\`\`\`ts
const client = new Client({ retryBudget: 3 });
\`\`\`

The guide mentions an environment variable [docs/retries.md:300-310]; nothing in the code reads one.`;

const look = `hits = search("retry budget override", k=12)
for hit in hits:
    print(f"{hit.path}:{hit.start}-{hit.end}  {hit.score:.1f}")`;

const read = `# The best passages, each by a reader of its own
parts = [f"Does this decide a retry budget?\\n<passage path=\\"{h.path}\\">\\n{h.text}" for h in hits]
notes = llm_batch(parts)
callers = rlm_query("Who constructs RetryBudget or passes retryBudget?", "packages/**")
print(len([n for n in notes if "yes" in n]), "of", len(notes), "matter")`;

const files = [
  ...[
    'packages/http/src/client.ts',
    'packages/http/src/bucket.ts',
    'packages/http/src/backoff.ts',
    'packages/http/src/errors.ts',
  ],
  ...[
    'packages/queue/src/worker.ts',
    'packages/queue/src/lease.ts',
    'bindings/python/retry.py',
    'bindings/python/client.py',
  ],
  ...[
    'docs/retries.md',
    'packages/cli/src/options.ts',
    'packages/http/test/client.test.ts',
    'packages/auth/src/refresh.ts',
  ],
];

const output = files
  .map((path, at) => `${path}:${12 * at + 8}-${12 * at + 31}  ${(9.4 - at * 0.6).toFixed(1)}`)
  .join('\n');

/** The times that model calls of this run take, in milliseconds. */
const modelMs = [2100, 3400, 2800];

function opened(question = demoQuestion): Script {
  const script = new Script();
  const start = { runId: demoRunId, question, models, limits: defaultLimits, version: '0.1.0' };
  script.add('run', { type: 'run-start', ...start });
  script.add('run', { type: 'snapshot', snapshotId: 'aa', roots: ['/srv/work/shop'], coverage, ms: 240 });
  return script.add('a0', { type: 'agent-start', role: 'root', depth: 0, model: models.root, task: question });
}

function turn(script: Script, agentId: string, number: number, text: string): void {
  const root = agentId === 'a0';
  const usage = {
    promptTokens: root ? 3900 : 820,
    completionTokens: root ? 240 : 60,
    cachedTokens: 500,
    estimated: false,
  };
  script.add(agentId, { type: 'model-start', turn: number, promptChars: 4000 });
  const ms = root ? (modelMs[number - 1] ?? 1000) : 1400;
  script.add(agentId, { type: 'model-end', turn: number, text, usage, costUsd: root ? 0.0131 : 0.0008, ms });
}

function child(script: Script, id: string, callId: string, role: 'llm' | 'rlm', task: string): void {
  const depth = role === 'rlm' ? 1 : 0;
  script.add(id, { type: 'agent-start', role, depth, model: models.sub, task, callId }, 'a0');
}

function finish(script: Script, agentId: string, ms: number, answer: string, outcome: Outcome = 'answered'): void {
  script.add(agentId, { type: 'agent-end', outcome, answer, ms });
}

function looked(script: Script): void {
  turn(script, 'a0', 1, `I rank the passages first.\n\`\`\`repl\n${look}\n\`\`\``);
  script.cellStart('a0', 1, look);
  const sizes = { head: output, tail: '', totalChars: output.length, totalLines: files.length, omittedChars: 0 };
  const answer = { content: '', ready: false };
  const end = { cell: 1, status: 'ok', output: sizes, error: '', answer, ms: 310, waitMs: 0 } as const;
  script.add('a0', { type: 'cell-end', ...end });
}

function handedOut(script: Script): void {
  turn(
    script,
    'a0',
    2,
    `Twelve passages stand out. Readers take them, a child looks for the callers.\n\`\`\`repl\n${read}\n\`\`\``,
  );
  script.cellStart('a0', 2, read).call('a0', 'c1', 'llm_batch', files.length);
  for (const [at, path] of files.entries())
    child(script, `r${at}`, 'c1', 'llm', `Does this decide a retry budget?\n<passage path="${path}">\nexport …`);
}

function wasRead(script: Script): void {
  for (const [at, path] of files.entries()) {
    const id = `r${at}`;
    turn(script, id, 1, at < 3 ? `yes: ${path} decides or passes the budget` : 'no');
    finish(
      script,
      id,
      1400 + 90 * at,
      at < 3 ? `yes: ${path} decides or passes the budget` : 'no',
      at === 10 ? 'failed' : 'answered',
    );
  }
  script.callEnd('a0', 'c1', 1);
}

function childLooked(script: Script): void {
  script.call('a0', 'c2', 'rlm_query', 1);
  child(script, 'k1', 'c2', 'rlm', 'Who constructs RetryBudget or passes retryBudget?');
  turn(script, 'k1', 1, 'I look for both names.\n```repl\nprint(grep(r"RetryBudget\\(|retryBudget"))\n```');
  script.cellStart('k1', 1, 'print(grep(r"RetryBudget\\(|retryBudget"))').cellEnd('k1', 1, '14 hits in 5 files\n');
}

/** Until the readers are at work. */
export function demoRunning(): Script {
  const script = opened();
  looked(script);
  handedOut(script);
  for (const at of [0, 1, 2, 3]) {
    turn(script, `r${at}`, 1, 'yes');
    finish(script, `r${at}`, 1400, 'yes');
  }
  for (const at of [4, 5, 6]) script.add(`r${at}`, { type: 'model-start', turn: 1, promptChars: 3000 });
  return script;
}

/** Until a request is to be sent again in 20 seconds. */
export function demoRetrying(): Script {
  const script = opened();
  looked(script);
  script.add('a0', { type: 'model-start', turn: 2, promptChars: 9000 });
  const reason = 'the server answers 429: too many requests';
  return script.add('a0', { type: 'model-retry', attempt: 3, waitMs: 20_000, reason });
}

export function demoEnded(outcome: Outcome = 'answered', reason = '', answer = demoAnswer): readonly RunEvent[] {
  const script = opened();
  looked(script);
  handedOut(script);
  wasRead(script);
  childLooked(script);
  finish(script, 'k1', 4200, 'Client, the Python binding and two tests.');
  script.callEnd('a0', 'c2').cellEnd('a0', 2, '3 of 12 matter\n');
  script.add('a0', {
    type: 'nudge',
    reason: 'citations',
    text: 'docs/retries.md has 120 lines; lines 300-310 do not exist.',
  });
  turn(script, 'a0', 3, 'All three places agree.\n```repl\nFINAL(draft)\n```');
  script.cellStart('a0', 3, 'FINAL(draft)').cellEnd('a0', 3, '');
  const citations = answer === '' ? [] : demoCitations;
  script.add('a0', { type: 'answer', content: answer }).add('a0', { type: 'citations', citations });
  finish(script, 'a0', 21_100, answer, outcome);
  const sums = { modelCalls: 16, promptTokens: 22_360, completionTokens: 1500, cachedTokens: 8000, costUsd: 0.0497 };
  const timings = { snapshotMs: 240, replReadyMs: 700, modelMs: 26_000, cellMs: 400, totalMs: 21_300 };
  const usage = { ...sums, byModel: [{ model: models.root, ...sums }] };
  const evidence = {
    ...{ filesSearched: 4812, filesRead: 9, patterns: 5, hitsFound: 1203, hitsGiven: 46 },
    run: ['search how is the token budget kept', 'grep class .*Budget'],
  };
  script.add('run', { type: 'run-end', outcome, answer, citations, coverage, evidence, usage, timings, reason });
  return script.events;
}

/** A model that cannot be reached. */
export function demoFailed(): readonly RunEvent[] {
  const script = opened();
  const message =
    'The server at https://llm.example.com/v1 cannot be reached (ECONNREFUSED). Check the address and that it runs.';
  const failure = { kind: 'unreachable', message } as const;
  script.add('a0', { type: 'model-start', turn: 1, promptChars: 4000 });
  script.add('a0', { type: 'model-end', turn: 1, text: '', usage: null, costUsd: null, ms: 90, failure });
  script.end('a0', '', 'failed');
  const none = { modelCalls: 1, promptTokens: 0, completionTokens: 0, cachedTokens: 0, costUsd: 0 };
  const timings = { snapshotMs: 240, replReadyMs: 0, modelMs: 90, cellMs: 0, totalMs: 900 };
  const end = {
    outcome: 'failed',
    answer: 'No answer: the model could not be asked.',
    citations: [],
    reason: message,
  } as const;
  script.add('run', { type: 'run-end', ...end, coverage, usage: { ...none, byModel: [] }, timings });
  return script.events;
}

/** `count` agents below a root: batches of a thousand, one of them in each ten with a child of its own. */
export const hugeRun = (count: number): readonly RunEvent[] => hugeScript(count).events;

/** Reads `count` parts in batches, whose calls are `b0`, `b1000`, …, and goes on. */
export function hugeScript(count: number, batch = 1000): Script {
  const script = opened();
  for (let made = 0; made < count; made += batch) {
    const callId = `b${made}`;
    script.turn('a0', made / batch + 1, 'Next.').cellStart('a0', made / batch + 1, 'llm_batch(parts)');
    script.call('a0', callId, 'llm_batch', batch);
    for (let at = made; at < made + batch; at++) child(script, `h${at}`, callId, 'llm', `Read part ${at}.`);
    for (let at = made; at < made + batch; at++) script.end(`h${at}`, `part ${at} read`);
    script.callEnd('a0', callId).cellEnd('a0', made / batch + 1, 'read\n');
  }
  return script;
}

export const extremeQuestion = 'איפה נקבע תקציב הניסיונות החוזרים? Where, and מי יכול לשנות אותו?';
const longName = `src/${'a-very-long-folder-name/'.repeat(4)}${'name-without-any-end-'.repeat(14)}end.ts`;

/** Right-to-left text, a file name of 300 characters, 3,000 lines of output, Markdown that means harm. */
export function extremeRun(answer: string): readonly RunEvent[] {
  const script = opened(extremeQuestion);
  const lines = Array.from({ length: 3000 }, (_, at) => `line ${at + 1} of the output`);
  const [head, tail] = [lines.slice(0, 150).join('\n'), lines.slice(-150).join('\n')];
  const totalChars = lines.join('\n').length;
  const omittedChars = totalChars - head.length - tail.length;
  const cell = {
    cell: 1,
    status: 'ok',
    error: '',
    answer: { content: '', ready: false },
    ms: 12_000,
    waitMs: 0,
  } as const;
  turn(script, 'a0', 1, 'אני מדפיס הכול');
  script.cellStart('a0', 1, 'for i in range(3000): print("line", i + 1, "of the output")');
  script.add('a0', { type: 'cell-end', ...cell, output: { head, tail, totalChars, totalLines: 3000, omittedChars } });
  const citation = {
    path: longName,
    startLine: 1,
    endLine: 2,
    status: 'verified',
    quote: 'a\nb',
    problem: '',
  } as const;
  const citations = [citation, ...demoCitations];
  const content = `${answer}\n\nהתקציב נקבע כאן [${longName}:1-2].`;
  script.add('a0', { type: 'answer', content }).add('a0', { type: 'citations', citations });
  finish(script, 'a0', 13_000, content);
  const sums = { modelCalls: 1, promptTokens: 3900, completionTokens: 240, cachedTokens: 0, costUsd: 0.0131 };
  const timings = { snapshotMs: 240, replReadyMs: 700, modelMs: 2100, cellMs: 12_000, totalMs: 14_000 };
  const end = { outcome: 'answered', answer: content, citations, reason: '' } as const;
  script.add('run', { type: 'run-end', ...end, coverage, usage: { ...sums, byModel: [] }, timings });
  return script.events;
}
