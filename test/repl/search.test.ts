import { afterAll, beforeAll, expect, it } from 'vitest';
import type { WarmReplPool } from '../../src/repl/node/pool.ts';
import type { ReplOptions } from '../../src/repl/repl.ts';
import { selectFiles } from '../../src/workspace/selection.ts';
import { inlineSearch } from '../support/inline-search.ts';
import { corpusOf, openRepl, type TestRepl, testPool } from '../support/repl.ts';
import { memorySnapshot } from '../support/workspace.ts';

const files = {
  'README.md': '# Demo\n\nHow to log in: check_password is called.\n',
  'src/auth/login.py':
    'import os\n\ndef check_password(user, given):\n    """Compares hashes."""\n    return user.hash == hash(given)\n',
  'src/cr.txt': 'one\rtwo budget\r\nthree\n',
  'tests/test_login.py': 'def test_check_password():\n    assert check_password(user, "x")\n',
};

let pool: WarmReplPool;
let repl: TestRepl;

beforeAll(async () => {
  pool = await testPool();
  const snapshot = await memorySnapshot(files);
  const search = inlineSearch();
  const onCall: ReplOptions['onCall'] = async (call, signal) => {
    if (call.op !== 'search') throw new Error(`unexpected ${call.op}`);
    const { paths, texts } = call.files;
    const scope = { snapshot: paths === null ? snapshot : selectFiles(snapshot, paths), texts };
    return search.search({ text: call.query, k: call.k }, scope, signal);
  };
  repl = await openRepl(pool, { corpus: corpusOf(files), onCall });
});
afterAll(() => pool.close());

it('puts the definition before the mention and the test, and says why', async () => {
  expect(await repl.print('hits = search("how are passwords checked?", 3)\nhits')).toBe(
    [
      'src/auth/login.py:1-5 (score 1.9: defines check_password; has passwords, checked (2 of 2 words))',
      '  import os',
      '  ',
      '  def check_password(user, given):',
      '      """Compares hashes."""',
      '      return user.hash == hash(given)',
      'tests/test_login.py:1-2 (score 1.6: defines test_check_password; has passwords, checked (2 of 2 words))',
      '  def test_check_password():',
      '      assert check_password(user, "x")',
      'README.md:1-3 (score 0.5: has passwords, checked (2 of 2 words))',
      '  # Demo',
      '  ',
      '  How to log in: check_password is called.',
      '[3 passages of 3 that match in 3 of 4 files searched]',
      '',
    ].join('\n'),
  );
});

it('looks at the files as Python has them: changed, added, deleted, or only some', async () => {
  await repl.print(
    'files["made.py"] = "def make_budget(): pass\\n"\ndel files["README.md"]\nfiles["tests/test_login.py"] = ""',
  );
  expect(await repl.print('[h.path for h in search("check password")], [h.path for h in search("make budget")]')).toBe(
    "(['src/auth/login.py'], ['made.py', 'src/cr.txt'])\n",
  );
  expect(await repl.print('[h.path for h in search("make budget", glob="src/**")]')).toBe("['src/cr.txt']\n");
});

it('counts lines as the host does, whatever ends them', async () => {
  expect(
    await repl.print('h = search("budget", glob="src/*.txt")[0]\nprint(cite(h.path, h.start, h.end), repr(h.text))'),
  ).toBe("[src/cr.txt:1-3] 'one\\ntwo budget\\nthree'\n");
});

it('tells what was looked at', async () => {
  const { looks } = await repl.run(
    'h = search("budget", 1); grep("hash", max_hits=1); read("src/auth/login.py", 1, 2)',
  );
  expect(looks).toEqual([
    { kind: 'search', what: 'budget', files: 4, found: 2, given: 1 },
    { kind: 'grep', what: 'hash', files: 4, found: 2, given: 1 },
    { kind: 'read', what: 'src/auth/login.py', files: 1, found: 5, given: 2 },
  ]);
});

it('tells how many of the snapshot’s files the cells have opened by code of their own', async () => {
  const own = await openRepl(pool, { corpus: corpusOf({ 'a.py': 'one', 'b.py': 'two', 'c.py': 'three' }) }, 1);
  const opened = async (code: string) => (await own.run(code)).looks?.filter(({ kind }) => kind === 'open');
  const files = (count: number) => [{ kind: 'open', what: 'files', files: count, found: 0, given: 0 }];
  expect(await opened('list(files), len(files), "a.py" in files, grep("o"), read("a.py")')).toEqual([]);
  expect(await opened('files["a.py"], files.get("a.py"), files.get("none")')).toEqual(files(1));
  expect(await opened('files["mine"] = "x"; files["mine"]')).toEqual(files(1));
  expect(await opened('sum("e" in text for text in files.values())')).toEqual(files(3));
});

it('refuses what cannot be searched for, in a sentence', async () => {
  expect((await repl.run('search("  ")')).error).toContain('ValueError: the query has no word to search for');
  expect((await repl.run('search("the")')).error).toContain('the query has no word to search for');
  expect((await repl.run('search("budget", 0)')).error).toContain('k must be a whole number from 1 to 1000');
  expect((await repl.run('search("/bud(get/")')).error).toContain('the part between slashes is no regular expression');
});
