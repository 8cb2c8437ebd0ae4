import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readRunLog } from '../../src/runs/node/read-run-log.ts';
import { describeRun } from '../../src/runs/run-text.ts';
import { folderOf, runCli } from '../support/cli.ts';
import { expectGolden } from '../support/golden.ts';

const workspace = {
  'README.md':
    '<p align="center">\n  <img src="logo.svg"\n       alt="A logo">\n</p>\n\n[![build](https://x.test/b.svg)](https://x.test)\n\n# Buckets\n\n**Buckets** holds [tokens](docs/tokens.md) until somebody takes them.\n\n## Installation\n\n```sh\nnpm install buckets\n```\n\n## Running the tests\n\nThey need no network.\n\n```sh\nnpm test\n```\n',
  'package.json':
    '{\n  "name": "buckets",\n  "description": "Token buckets for services that must not be overrun.",\n  "scripts": {\n    "test": "vitest run",\n    "build": "tsc -b"\n  }\n}\n',
  '.github/workflows/ci.yml': 'jobs:\n  all:\n    steps:\n      - run: npm ci\n      - run: npm test -- --coverage\n',
  'src/main.ts': 'import { fill } from "./bucket/fill.ts";\n\nexport function main() {\n  fill(3);\n}\n',
  'src/bucket/index.ts': '/** What a bucket can do, for the rest of the program. */\nexport * from "./fill.ts";\n',
  'src/bucket/fill.ts': 'export const fill = (n: number) => n;\n',
  'src/main.css': 'p { margin: 0; }\n',
  'src/shell/run.ts': '// Set DEBUG to see how it runs.\nexport const run = (command: string) => command;\n',
  'test/fill.test.ts': 'import { fill } from "../src/bucket/fill.ts";\nfill(1);\n',
};

let folder: Awaited<ReturnType<typeof folderOf>>;
let home: Awaited<ReturnType<typeof folderOf>>;
beforeAll(async () => {
  [folder, home] = await Promise.all([folderOf(workspace), folderOf({})]);
});
afterAll(async () => {
  await Promise.all([folder.remove(), home.remove()]);
});

async function asked(question: string, dir = folder.folder) {
  const log = join(home.folder, 'run.jsonl');
  const { code, stdout } = await runCli(home.folder, {
    args: ['ask', question, '--dir', dir, '--json', '--events', log],
  });
  expect(code).toBe(0);
  const { answer, citations } = JSON.parse(stdout) as {
    readonly answer: string;
    readonly citations: readonly { readonly status: string }[];
  };
  expect(citations.every(({ status }) => status === 'verified')).toBe(true);
  const { events } = await readRunLog(log);
  return { answer, citations, told: describeRun(events).replaceAll(folder.folder, '<folder>') };
}

test.each([
  ['offline-overview', 'What does this project do?'],
  ['offline-howto', 'How do I run the tests?'],
])('%s: answered from what the project says of itself', async (key, question) => {
  const { told, citations } = await asked(question);
  expectGolden(key, told);
  expect(citations.length).toBeGreaterThan(2);
});

test('what the project does not say is searched for', async () => {
  const { answer } = await asked('How do I debug it?');
  expect(answer).toContain('Found by searching and reading the code');
});

test('a project that says nothing of itself is laid out all the same', async () => {
  const bare = await folderOf({ 'lib/a.py': 'x = 1\n', 'README.md': '# Name\n\n<!-- to do -->\n' });
  const { answer } = await asked('What is this repository about?', bare.folder);
  await bare.remove();
  expect(answer).toContain('Nothing in these 2 files says in its own words what the project is');
  expect(answer).toContain('- `lib/`, 1 file, mostly Python');
});
