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

const apache =
  '                                 Apache License\n                           Version 2.0, January 2004\n\n   "Work" shall mean the work of authorship, as indicated by a copyright notice that is included in it.\n\n   Copyright [yyyy] [name of copyright owner]\n';
const declaring = {
  LICENSE: apache,
  NOTICE: 'Kettle\nCopyright 2014-2021 The Kettle Foundation\n',
  'README.md': '# Kettle\n\nBoils water for those who wait.\n\n## License\n\nSee the file.\n',
  'pyproject.toml':
    '[project]\nname = "kettle"\nversion = "2.1.0.dev"\nlicense = "Apache-2.0"\ndependencies = [\n  "heat>=1.2",\n  "water; python_version < \'3.9\'",\n]\nclassifiers = [\n  "Development Status :: 4 - Beta",\n]\n\n[project.optional-dependencies]\nsteam = ["whistle"]\n',
  'CHANGES.md': '# Changes\n\n## 2.0.3\n\nOlder: 1.9\n',
  'kettle/boil.py': '# Copyright (c) 2019 Ada Stove. All rights reserved.\ndef boil():\n    return 100\n',
  'kettle/pour.py':
    '# Copyright (c) 2021 Ada Stove\n# The copyright holder, the author or authors of this, need not ask.\nPOUR = 1\n',
  'kettle/web/package.json':
    '{\n  "version": "2.1.0.dev",\n  "dependencies": {\n    "cup": "^1.0.0"\n  },\n  "scripts": {\n    "x": "y"\n  }\n}\n',
  'kettle/java/pom.xml':
    '<project>\n  <parent>\n    <version>23</version>\n  </parent>\n  <dependencies>\n    <dependency>\n      <artifactId>saucer</artifactId>\n    </dependency>\n  </dependencies>\n</project>\n',
  'tests/setup.py': 'setup(version="9.9.9", install_requires=["never"])\n',
};

let folder: Awaited<ReturnType<typeof folderOf>>;
let kettle: Awaited<ReturnType<typeof folderOf>>;
let home: Awaited<ReturnType<typeof folderOf>>;
beforeAll(async () => {
  [folder, kettle, home] = await Promise.all([folderOf(workspace), folderOf(declaring), folderOf({})]);
});
afterAll(async () => {
  await Promise.all([folder.remove(), kettle.remove(), home.remove()]);
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

test('the licence and whose copyright it is are read, and what only speaks of them is not', async () => {
  const { answer } = await asked('Which license does the project use?', kettle.folder);
  expectGolden('offline-licence', answer);
});

test('the manifests tell the dependencies, without those of tests', async () => {
  const { answer } = await asked('What are the dependencies?', kettle.folder);
  expectGolden('offline-dependencies', answer);
});

test('versions that differ are told apart, and that of a parent is not taken for the own', async () => {
  const { answer } = await asked("What's the current version?", kettle.folder);
  expectGolden('offline-version', answer);
});

test.each(['What licence is this under?', 'What are the dependencies?', 'What version is this?'])(
  '%s where no file says it, is searched for',
  async (question) => {
    const bare = await folderOf({ 'lib/a.py': 'def licence_version_dependencies():\n    return 1\n' });
    const { answer } = await asked(question, bare.folder);
    await bare.remove();
    expect(answer).toContain('Found by searching and reading the code');
  },
);

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
