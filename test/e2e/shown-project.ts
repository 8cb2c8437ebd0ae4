import type { ScriptRequest, Turn } from '../support/script.ts';
import { textOf } from '../support/script.ts';
import type { Files } from './driver/workspace.ts';
import { far } from './fixtures.ts';

/** A small project and a run on it, for pictures: what a person would ask, and what a good model would do. */
export const shownQuestion = 'Where is the retry budget decided, and who can override it?';

const bucket = `/** A token bucket: retries take tokens, successes give some back. */
export class TokenBucket {
  #tokens: number;

  constructor(private readonly capacity: number) {
    this.#tokens = capacity;
  }

  /** Called after every response below 500. */
  refill(share = 0.1): void {
    this.#tokens = Math.min(this.capacity, this.#tokens + share);
  }

  take(): boolean {
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}
`;

const client = `import { TokenBucket } from './bucket.ts';

export interface ClientOptions {
  /** Overrides the budget of this client: retries it may have in hand. */
  readonly retryBudget?: number;
}

export class Client {
  readonly #budget: TokenBucket;

  constructor(options: ClientOptions = {}) {
    this.#budget = new TokenBucket(options.retryBudget ?? defaultBudget);
  }

  mayRetry(status: number): boolean {
    return status >= 500 && this.#budget.take();
  }
}

const defaultBudget = 10;
`;

const modules = [
  'http',
  'cache',
  'auth',
  'queue',
  'metrics',
  'config',
  'log',
  'trace',
  'store',
  'router',
  'limits',
  'health',
];

export const shownProject: Files = {
  'README.md': '# Courier\n\nAn HTTP client that does not make outages worse.\n',
  'package.json': '{ "name": "courier", "main": "src/index.ts" }\n',
  'src/index.ts': "export { Client } from './retry/client.ts';\n",
  'src/retry/bucket.ts': far(bucket.split('\n'), 28),
  'src/retry/client.ts': far(client.split('\n'), 60),
  ...Object.fromEntries(modules.map((name) => [`src/${name}/${name}.ts`, `export const ${name} = '${name}';\n`])),
};

const cell = (...lines: readonly string[]): string => `\`\`\`repl\n${lines.join('\n')}\n\`\`\``;

const answer = `The budget is a **token bucket kept per client**: every client makes its own [src/retry/client.ts:71-73].

- **Decided** in \`TokenBucket\`: a retry takes one token, and without one there is no retry [src/retry/bucket.ts:42-46].
- **Refilled** by a tenth of a token after every response below 500 [src/retry/bucket.ts:37-40].
- **Overridden** by whoever makes the client, with \`retryBudget\` [src/retry/client.ts:63-66]; otherwise it is 10.

Only server errors are retried at all [src/retry/client.ts:75-77]:
\`\`\`ts
mayRetry(status: number): boolean {
  return status >= 500 && this.#budget.take();
}
\`\`\``;

const rootTurns: readonly string[] = [
  `I look for the words of the question first.\n${cell('hits = search("retry budget override", k=8)', 'for hit in hits:', '    print(hit.path, hit.start, hit.end, round(hit.score, 1))')}`,
  `Two files stand out. Sub-agents read the rest, a child finds out who overrides it.\n${cell(
    'modules = [p for p in files if p.startswith("src/")]',
    'notes = llm_batch([f"Does {p} touch the retry budget?\\n{read(p)}" for p in modules])',
    'who = rlm_query("Who sets retryBudget?", "src/retry/**")',
    'print(len(notes), "read;", who)',
  )}`,
  cell(`answer["content"] = ${JSON.stringify(answer)}`, 'answer["ready"] = True'),
];

/** What the scripted model says, by what it is asked. */
export function shownScript({ messages }: ScriptRequest): Turn {
  const asked = textOf(messages[1]?.content);
  const turn = messages.filter(({ role }) => role === 'assistant').length;
  const usage = {
    prompt_tokens: 2100 + 900 * turn,
    completion_tokens: 140,
    total_tokens: 2240 + 900 * turn,
    cost: 0.0021,
  };
  if (asked.startsWith('Question:'))
    return { text: rootTurns[Math.min(turn, rootTurns.length - 1)] ?? '', latencyMs: 400, usage };
  if (asked.startsWith('Task:'))
    return {
      text: cell('print(grep("retryBudget"))', 'FINAL("The caller of new Client() [src/retry/client.ts:63-66].")'),
      latencyMs: 400,
      usage,
    };
  return {
    text: 'No: it does not touch the retry budget.',
    latencyMs: 300,
    usage: { ...usage, prompt_tokens: 240, cost: 0.0001 },
  };
}
