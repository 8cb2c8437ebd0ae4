import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { node22 } from '../../support/node22.ts';
import { bundleScript, cacheDir, replAssets } from '../../support/repl-assets.ts';
import { Oracles } from './oracles.ts';
import { parseAttempts } from './parse-attempts.ts';

interface Outcome {
  readonly name: string;
  readonly started: boolean;
  readonly status: string;
  readonly told: string;
  readonly successes: readonly string[];
}

const secrets = { RLM_SECRET: `ENV-${crypto.randomUUID()}`, STDIN_SECRET: `STDIN-${crypto.randomUUID()}` };
const read = (name: string) => parseAttempts(readFileSync(new URL(name, import.meta.url), 'utf8'));
const generic = read('attempts.py');
const targeted = read('targeted.py');

/** Runs a script with secrets to steal; its exit code tells whether it lived. */
function runScript(
  node: string,
  args: readonly string[],
): Promise<{ readonly code: number | null; readonly lines: string[] }> {
  return new Promise((resolve, reject) => {
    const child = spawn(node, args, { env: { ...process.env, ...secrets }, stdio: ['pipe', 'pipe', 'inherit'] });
    let output = '';
    child.stdin.on('error', () => undefined);
    child.stdin.end(`${secrets.STDIN_SECRET}\n`.repeat(3));
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, lines: output.split('\n').filter((line) => line.startsWith('{')) }));
  });
}

describe.each([
  ['this Node', () => process.execPath, 'thread'],
  ['Node 22', node22, 'thread'],
  ['this Node, behind the second wall', () => process.execPath, 'process'],
])('the sealed REPL on %s', (_name, node, sandbox) => {
  let outcomes: Outcome[];
  let code: number | null;

  beforeAll(async () => {
    const script = await bundleScript('test/repl/escapes/run-sealed.ts');
    const result = await runScript(node(), [script, await replAssets(), cacheDir, sandbox]);
    outcomes = result.lines.map((line) => JSON.parse(line));
    code = result.code;
  }, 300_000);

  it('lives through all attempts, and each of them really ran', () => {
    expect(code).toBe(0);
    expect(generic).toHaveLength(69);
    expect(outcomes.map(({ name }) => name)).toEqual([...generic, ...targeted].map(({ name }) => name));
    expect(outcomes.filter(({ started }) => !started)).toEqual([]);
    for (const { status } of outcomes) expect(['ok', 'error', 'interrupted', 'lost']).toContain(status);
    // A broken attempt proves nothing.
    expect(outcomes.filter(({ told }) => /SyntaxError|IndentationError/.test(told))).toEqual([]);
  });

  it('lets none of them succeed', () => {
    expect(outcomes.filter(({ successes }) => successes.length > 0)).toEqual([]);
  });
});

describe('pyodide as it comes (the control)', () => {
  it.each([
    ['os.system', 'WRITTEN pwned_system'],
    ['run_js', 'JS'],
    ['js.process.getBuiltinModule(fs)', 'FILE'],
    ['js.process', 'ENV'],
    ['js.eval', 'JS'],
  ])('falls to %s', async (name, expected) => {
    const oracles = new Oracles();
    const attempt = generic.find((one) => one.name === name);
    if (!attempt) throw new Error(`no attempt ${name}`);
    Object.assign(process.env, secrets);
    const script = fileURLToPath(new URL('./run-stock.mjs', import.meta.url));
    const work = JSON.stringify([{ name, code: oracles.code(attempt) }]);
    const { lines } = await runScript(process.execPath, [script, work]);
    const { res } = JSON.parse(lines[0] ?? '{}') as { readonly res: string };
    expect(oracles.successes(res, '')).toContain(expected);
  });
});
