import { createReplPool } from '../../../src/repl/node/pool.ts';
import { corpusOf } from '../../support/repl-corpus.ts';
import attemptsText from './attempts.py';
import { Oracles } from './oracles.ts';
import { type Attempt, parseAttempts } from './parse-attempts.ts';
import targetedText from './targeted.py';

// A script of its own, so that an attempt that kills its host is seen, and so that any Node can run it.
// Arguments: assets folder, cache folder, sandbox. Prints one JSON line for each attempt.

const [assetsDir = '', cacheDir = '', sandbox] = process.argv.slice(2);
const kind = sandbox === 'process' ? sandbox : 'thread';
const pool = createReplPool({ assetsDir, cacheDir, sandbox: kind, memoryCapBytes: 512 * 2 ** 20 });
const oracles = new Oracles();
await oracles.listen();
for (const attempt of [...parseAttempts(attemptsText), ...parseAttempts(targetedText)])
  console.log(JSON.stringify(await run(attempt)));
await pool.close();
oracles.close();

async function run(attempt: Attempt): Promise<object> {
  let started = false;
  let res = '';
  const onCall = async (call: { readonly op: string; readonly prompt?: string }) => {
    const prompt = call.prompt ?? '';
    if (prompt === 'attempt started') started = true;
    if (prompt.startsWith('booty ')) res = prompt;
    return JSON.parse('{"ok": 1, "__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}}');
  };
  const corpus = corpusOf({ 'a.txt': 'a workspace file' });
  const signal = new AbortController().signal;
  const repl = await pool.open({ corpus, question: '', onCall }, 0, signal);
  const code = `llm_query("attempt started")\nres = ""\n${oracles.code(attempt)}\nllm_query("booty " + str(res)[:20000])`;
  const result = await repl.run(code, { cellMs: 8000, outputChars: 20_000 }, signal);
  await repl.close();
  const told = `${result.output.head}${result.output.tail}${result.error}`;
  const { name, goal } = attempt;
  return {
    name,
    goal,
    started,
    status: result.status,
    told: told.slice(-200),
    successes: oracles.successes(res, told),
  };
}
