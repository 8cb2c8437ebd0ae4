import type { ScriptData } from '../support/script.ts';
import type { Files } from './driver/workspace.ts';

const bucket = [
  '/** Keeps retries from making an outage worse. */',
  'export class RetryBucket {',
  '  #tokens = 10;',
  '',
  '  /** Fills the retry bucket after a request that succeeded. */',
  '  fillRetryBucket(): void {',
  '    this.#tokens = Math.min(10, this.#tokens + 1);',
  '  }',
  '',
  '  /** Takes one token for a retry. */',
  '  takeForRetry(): boolean {',
  '    if (this.#tokens < 1) return false;',
  '    this.#tokens -= 1;',
  '    return true;',
  '  }',
  '}',
  '',
];

/** Long enough that the cited lines are out of sight until something scrolls to them. */
export const far = (lines: readonly string[], above = 120): string =>
  [...Array.from({ length: above }, (_, at) => `// padding ${at + 1}`), ...lines].join('\n');

/** The bucket's class begins at line 121; `fillRetryBucket` is 126 to 128. */
export const project: Files = {
  'README.md': '# Retries\n\nThe retry bucket is in `src/bucket.ts`.\n',
  'src/bucket.ts': far(bucket),
  'src/client.ts':
    "import { RetryBucket } from './bucket.ts';\n\nexport const client = { bucket: new RetryBucket() };\n",
};

/** Small files in folders of a hundred. */
export const manyFiles = (count: number): Files =>
  Object.fromEntries(
    Array.from({ length: count }, (_, at) => {
      const folder = at === 0 ? 'src' : `src/d${Math.floor(at / 100)}`;
      return [`${folder}/f${at}.ts`, `export const value${at} = ${at}; // retry ${at % 7}\n`.repeat(20)];
    }),
  );

const cell = (...lines: readonly string[]): string => `\`\`\`repl\n${lines.join('\n')}\n\`\`\``;
const finish = (text: string): string => cell(`answer["content"] = ${JSON.stringify(text)}`, 'answer["ready"] = True');

/** Asks the script of this name for whatever the question says. */
export const asks = (key: string, question: string): string => `[[script:${key}]] ${question}`;

export const scripts: ScriptData = {
  /** Two kinds of sub-agents, then an answer with one citation. */
  bucket: [
    {
      text: cell(
        'replies = llm_batch([f"[[script:leaf id={i}]] Read part {i}." for i in range(6)])',
        'report = rlm_query("[[script:child]] Who fills the bucket?", "src/**")',
        'print(len(replies), report)',
      ),
      latencyMs: 300,
    },
    { text: finish('The bucket is **filled** on success [src/bucket.ts:126-128].'), latencyMs: 300 },
  ],
  leaf: [{ text: 'part {{id}} read', latencyMs: 300 }],
  child: [{ text: cell('FINAL("child: filled on success")'), latencyMs: 500 }],

  /** Shows that it has begun, then waits for ever. */
  endless: [
    cell('answer["content"] = "So far: filled on success [src/bucket.ts:126-128]."', 'print("looking")'),
    { hang: true },
  ],

  /** Answers with the file as the REPL sees it. */
  unsaved: [cell('import re', 'FINAL("The file says: " + re.search(r"marker-\\w+", files["src/bucket.ts"]).group(0))')],

  /** Two files of one name. */
  twins: [finish('One is [beta/src/same.ts:130-131].')],

  /** Kills its own interpreter, and goes on with a new one. */
  killed: [cell('kept = 1'), cell('import os', 'os.abort()'), finish('It goes on [src/bucket.ts:126-128].')],

  /** Reads and searches every file. */
  scan: [cell('print(len(files))', 'print(len(grep(r"retry", max_hits=100)))'), finish('Done [src/f0.ts:1].')],

  /** Looks once, and asks a sub-agent; what it finds stays in variables. */
  look: [
    cell(
      'hits = grep(r"fillRetryBucket")',
      'replies = llm_batch(["[[script:leaf id=7]] Read the bucket."])',
      'print(hits)',
    ),
    finish('The bucket is filled there [src/bucket.ts:126-128].'),
  ],
  /** Answers from variables alone. */
  recall: [cell('FINAL(f"Kept: {replies[0]}; {len(hits)} hit at [{hits[0].path}:{hits[0].line}].")')],
  /** Answers with what the file holds now, and what was found before. */
  again: [
    cell(
      'now = grep("fillRetryBucket|refillRetryBucket")',
      'FINAL(f"Was line {hits[0].line}, is {now[0].text.strip()} [src/bucket.ts:{now[0].line}].")',
    ),
  ],

  short: [finish('Short [src/bucket.ts:121].')],
};
