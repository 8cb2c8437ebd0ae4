import { afterAll, beforeAll, expect, test } from 'vitest';
import type { WarmReplPool } from '../../src/repl/node/pool.ts';
import { describeRun } from '../../src/runs/run-text.ts';
import { talk } from '../support/conversation.ts';
import { expectGolden } from '../support/golden.ts';
import { testPool } from '../support/repl.ts';
import { scriptedModel } from '../support/scripted-model.ts';
import { cell } from '../support/scripted-repl.ts';

let repls: WarmReplPool;
beforeAll(async () => {
  repls = await testPool();
});
afterAll(() => repls.close());

/** What the root says, by question and turn. */
const script: Readonly<Record<string, readonly string[]>> = {
  'Where are retries counted?': [
    cell('hits = grep(r"retries")\nnotes = llm_batch([f"Summarise {h.path}" for h in hits])\nprint(hits, notes)'),
    cell(
      'answer["content"] = "They are counted in the client [src/client.ts:2]. Is there an upper bound?"\nanswer["ready"] = True',
    ),
  ],
  'And the bound?': [
    cell('print(notes)\nprint(read("src/client.ts"))'),
    cell('FINAL("The bound is 5 [src/client.ts:3].")'),
  ],
};
const opening = (text: string) => /^Question: (.*)$/m.exec(text)?.[1] ?? '';

test('two questions with real Python, in between an edit; then once more in another session', async () => {
  const root = scriptedModel((messages) => {
    const asked = opening(messages[1]?.content ?? '');
    return script[asked]?.[(messages.length - 2) / 2] ?? '';
  });
  const sub = scriptedModel(
    (messages) => `a summary of ${/Summarise (\S+)/.exec(messages.at(-1)?.content ?? '')?.[1]}`,
  );
  const files: Record<string, string> = {
    'src/client.ts': 'export class Client {\n  retries = 0;\n}\n',
    'src/main.ts': 'new Client();\n',
  };
  const { open, ask, engine } = talk({ root, sub, repls, files });
  const first = open('c1');
  const one = await ask(first, 'Where are retries counted?');
  files['src/client.ts'] = 'export class Client {\n  retries = 0;\n  bound = 5;\n}\n';
  const two = await ask(first, 'And the bound?');
  await first.close();
  const asked = sub.calls.length;
  const three = await ask(open('c1'), 'And the bound?');
  expect(sub.calls).toHaveLength(asked);
  expectGolden('conversation', [one, two, three].map(({ events }) => describeRun(events)).join('\n---\n\n'));
  await engine.close();
});
