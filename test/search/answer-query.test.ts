import { describe, expect, it } from 'vitest';
import type { SearchQuery, SearchReply } from '../../src/search/code-search.ts';
import { selectFiles } from '../../src/workspace/selection.ts';
import { inlineSearch } from '../support/inline-search.ts';
import { memorySnapshot, neverAborted, type Tree } from '../support/workspace.ts';

async function searchIn(tree: Tree, text: string, more: Partial<SearchQuery> = {}): Promise<SearchReply> {
  const snapshot = await memorySnapshot(tree);
  return inlineSearch().search({ text, k: 10, ...more }, { snapshot, texts: {} }, neverAborted());
}
const pathsOf = ({ hits }: SearchReply) => hits.map(({ path }) => path);

const filler = (name: string) => Array.from({ length: 30 }, (_, n) => `${name}_${n} = compute(${n})`).join('\n');

describe('ranking', () => {
  it('puts a definition above its uses, and source above tests, documents and generated code', async () => {
    const use = 'x = retry_budget(3)\ny = retry_budget(4)\n';
    const tree = {
      'docs/guide.md': `Call retry_budget.\n`,
      'src/a_user.py': use,
      'src/limits.py': 'def retry_budget(n):\n    return n\n',
      'src/schema_pb2.py': 'def retry_budget(n):\n    return n + 1\n',
      'tests/test_limits.py': 'def test_retry_budget():\n    assert retry_budget(1)\n',
    };
    const paths = pathsOf(await searchIn(tree, 'how is the retry budget computed'));
    expect(paths[0]).toBe('src/limits.py');
    for (const path of ['docs/guide.md', 'src/schema_pb2.py', 'tests/test_limits.py'])
      expect(paths.indexOf(path)).toBeGreaterThan(0);
    expect(pathsOf(await searchIn(tree, 'which test checks the retry budget'))[0]).toBe('tests/test_limits.py');
  });

  it('has examples stand back like documents, unless they are asked about', async () => {
    const body = 'def load(path):\n    # Generates the input data.\n    return rows(path)\n';
    const tree = { 'examples/a_load.py': body.replace('rows', 'lines'), 'src/load.py': body.replace('the', 'all') };
    const best = async (text: string) => pathsOf(await searchIn(tree, text))[0];
    expect(await best('how is the input data generated')).toBe('src/load.py');
    expect(await best('how is input data generated, for example')).toBe('src/load.py');
    expect(await best('how is the input data generated in this example')).toBe('examples/a_load.py');
  });

  it.each(['where is the retry logic implemented?', 'Where are retries defined', 'how does retry work?'])(
    'is about the thing that is asked for, not about the asking: %s',
    async (text) => {
      const tree = {
        'a.py':
          '# The logic that is implemented here works, as it is defined.\ndef __eq__(self):\n    raise NotImplementedError\n',
        'b.py': `def send(self):\n    return self.retry(3)\n${filler('other')}\n`,
      };
      expect(pathsOf(await searchIn(tree, text))).toEqual(['b.py']);
      expect(pathsOf(await searchIn({ 'a.py': tree['a.py'] }, 'where is the logic implemented?'))).toEqual(['a.py']);
    },
  );

  it('finds what code writes as one word and the question as two', async () => {
    const tree = {
      'a.py': '# Writes it out, some times.\ndef write(page):\n    pass\n',
      'b.py': 'def check_timeouts(self):\n    pass\n',
    };
    expect(pathsOf(await searchIn(tree, 'what happens when it times out?'))).toContain('b.py');
    expect(pathsOf(await searchIn(tree, 'some time. Out of it'))).toEqual(['a.py']);
  });

  it.each([
    ['a.rs', 'let mut harness = |input: &BytesInput| {'],
    ['a.rs', 'let harness: Box<dyn Fn()> = move |input| {'],
    ['a.go', 'harness := func(input []byte) error {'],
  ])('knows a function that a variable holds: %s, %s', async (path, line) => {
    const tree = { [path]: `${line}\n    check(input)\n}\n` };
    expect((await searchIn(tree, 'how does the harness work')).hits[0]?.why).toContain('defines harness');
  });

  it('says of names written as code how many files define them, when it is more than one', async () => {
    const tree = {
      'a.py': 'def common(x):\n    return load_rows(x)\n',
      'b.py': 'def common(y):\n    pass\n\n\ndef load_rows(y):\n    common(y)\n',
      'c.py': 'common(load_rows(1))\n',
    };
    const asked = async (text: string) => {
      const { ambiguous, notes } = await searchIn(tree, text);
      return { ambiguous, told: notes.filter((note) => note.includes('defined')) };
    };
    const twice = { ambiguous: [{ name: 'common', files: 2 }], told: ['common is defined in about 2 files'] };
    expect(await asked('what is the purpose of common()?')).toEqual(twice);
    expect(await asked('why does `common` call load_rows')).toEqual(twice);
    for (const text of ['what do they have in common?', 'where is load_rows', 'see `absent` and `__proto__`'])
      expect(await asked(text)).toEqual({ ambiguous: [], told: [] });
  });

  it('takes no value for a function', async () => {
    const tree = { 'a.rs': 'let harness = first | second;\nlet other = harness || third;\n' };
    expect((await searchIn(tree, 'how does the harness work')).hits[0]?.why).not.toContain('defines');
  });

  it('finds camelCase, snake_case and prose by each other’s words, whatever their endings', async () => {
    const tree = { 'a.ts': 'export function parseHTTPHeaders() {}\n', 'b.ts': 'export function renderPage() {}\n' };
    for (const query of ['parsing of an http header', 'parse_http_header', 'ParsedHttpHeader', 'headers'])
      expect(pathsOf(await searchIn(tree, query))[0]).toBe('a.ts');
  });

  it('knows how code writes a word in short, in short questions and where the code has nothing else', async () => {
    const tree = {
      'b.py': '# The configuration of a page.\nx = 1\n',
      'c.py': 'class AuthGate:\n    pass\n',
      'd.py': 'def load_page():\n    return {}\n',
      'z.py': 'def load_cfg():\n    return {}\n',
    };
    const paths = pathsOf(await searchIn(tree, 'loading of the configuration'));
    expect(paths.indexOf('z.py')).toBeLessThan(paths.indexOf('d.py'));
    const long =
      'how is authentication of a user kept apart from roles quotas billing invoices taxes regions tenants and pages';
    expect(pathsOf(await searchIn(tree, long))[0]).toBe('c.py');
  });

  it('looks for a word that is written as code before the other words', async () => {
    const tree = {
      'a_words.py': '# The purpose of a method, as a method has a purpose.\nx = 1\n',
      'b_def.py': 'def common():\n    return 1\n',
    };
    for (const text of ['purpose of the common() method', 'purpose of the `common` method'])
      expect(pathsOf(await searchIn(tree, text))[0]).toBe('b_def.py');
    expect(pathsOf(await searchIn(tree, 'purpose of the common method'))[0]).toBe('a_words.py');
  });

  it('reads a pair of words inside an identifier either way, in a short question', async () => {
    const tree = {
      'a.ts': 'export function verifyPageOfCitations() {}\n',
      'b.ts': 'export function verifyCitationsOfPage() {}\n',
    };
    expect(pathsOf(await searchIn(tree, 'How are citations verified?'))[0]).toBe('b.ts');
  });

  it('takes a word with a capital for a name where the code defines it', async () => {
    const talk = '# A column, and the next column: column after column.\n';
    const tree = {
      'a_talk.py': `${talk.repeat(3)}x = 1\n`,
      'b_def.py': `class Column:\n${filler('cell').replace(/^/gm, '    ')}\n`,
    };
    expect((await searchIn(tree, 'What does the Column hold?')).hits[0]?.why).toContain('names Column');
    expect((await searchIn(tree, 'What does the Cell hold?')).hits[0]?.why).not.toContain('names');
  });

  it('follows the names that the best passage uses to where they are defined', async () => {
    const tree = {
      'src/entry.py': 'def handle_checkout_request(cart):\n    return OrderPipeline(cart).start()\n',
      'src/other.py': 'class Unrelated:\n    """A request."""\n',
      'src/pipeline.py': `class OrderPipeline:\n    """Of a request."""\n`,
    };
    const { hits } = await searchIn(tree, 'what happens on a checkout request');
    expect(hits.map(({ path }) => path)).toEqual(['src/entry.py', 'src/pipeline.py', 'src/other.py']);
    expect(hits[1]?.why).toContain('linked by names with src/entry.py');
  });

  it('splits what is written without spaces between words', async () => {
    const tree = { 'a.py': '# 解析配置文件\nx = 1\n', 'b.py': '# 渲染页面\ny = 1\n' };
    expect(pathsOf(await searchIn(tree, '如何解析配置'))[0]).toBe('a.py');
  });

  it('is deterministic, ties by path', async () => {
    const tree = Object.fromEntries(['c', 'a', 'b'].map((name) => [`${name}.py`, `value_${name} = shared_thing()\n`]));
    const all = await Promise.all([1, 2, 3].map(() => searchIn(tree, 'shared thing')));
    expect(new Set(all.map((reply) => JSON.stringify(reply))).size).toBe(1);
    expect(all[0] && pathsOf(all[0])).toEqual(['a.py', 'b.py', 'c.py']);
  });
});

describe('hits', () => {
  it('are one for each file, with its other passages; and all passages where there are few files', async () => {
    const part = (n: number) => `def budget_${n}(budget):\n${filler('line').replace(/^/gm, '    ')}\n`;
    const tree = { 'a.py': part(1) + part(2) + part(3), 'b.py': 'budget = 1\n' };
    const two = await searchIn(tree, 'budget', { k: 2 });
    expect(two.hits.map(({ path, also }) => [path, also.length])).toEqual([
      ['a.py', 2],
      ['b.py', 0],
    ]);
    const all = await searchIn(tree, 'budget', { k: 10 });
    expect(all.hits.map(({ path, start, end }) => `${path}:${start}-${end}`)).toHaveLength(4);
    expect(all.passagesFound).toBe(4);
  });

  it('fold copies of a file, but not files that share only a licence', async () => {
    const licence = Array.from({ length: 30 }, (_, n) => `# Copyright clause ${n} of the licence text`).join('\n');
    const copy = `def train_model(data):\n${filler('weights').replace(/^/gm, '    ')}\n`;
    const tree = {
      'a/one.py': copy,
      'b/two.py': copy.replace('weights_3', 'weight_x'),
      'c.py': `${licence}\n${filler('c')}`,
    };
    const { hits } = await searchIn({ ...tree, 'd.py': `${licence}\n${filler('d')}` }, 'train model weights copyright');
    const one = hits.find(({ path }) => path === 'a/one.py');
    expect(one?.same).toEqual(['b/two.py']);
    expect(hits.map(({ path }) => path)).toEqual(expect.arrayContaining(['c.py', 'd.py']));
  });

  it('say which words no file has', async () => {
    const { notes } = await searchIn({ 'a.py': 'budget = 1\n' }, 'budget of the zeppelin');
    expect(notes).toEqual(['in no file: zeppelin']);
  });
});

describe('a literal or an expression in the query', () => {
  const tree = {
    'a.py': 'raise ValueError("too many retries")\n',
    'b.py': '# retries are too many to count\n',
    'c.py': 'code = 4711\n',
  };
  it('has to occur as it stands', async () => {
    expect(pathsOf(await searchIn(tree, 'where do retries fail with "too many retries"'))).toEqual(['a.py']);
    expect(pathsOf(await searchIn(tree, 'retries /too \\w+ retries/'))).toEqual(['a.py']);
    expect(pathsOf(await searchIn(tree, '/\\b47\\d\\d\\b/'))).toEqual(['c.py']);
  });

  it('that occurs nowhere is passed over, and that is said', async () => {
    const reply = await searchIn(tree, 'retries "far too many"');
    expect(pathsOf(reply)).toEqual(expect.arrayContaining(['a.py', 'b.py']));
    expect(reply.notes[0]).toBe('"far too many" occurs in no file; ranked by the words alone');
  });

  it('is not taken from a path', async () => {
    expect(pathsOf(await searchIn({ 'src/app/retries.py': 'x = 1\n' }, 'what is in /src/app/ about retries'))).toEqual([
      'src/app/retries.py',
    ]);
  });

  it('that is no expression is refused', async () => {
    await expect(searchIn(tree, '/(open/')).rejects.toThrow(/no regular expression/);
  });
});

describe('scope', () => {
  it('is only what was handed over: hits, counts and names', async () => {
    const snapshot = await memorySnapshot({
      'open.py': 'def visible_budget(): return SecretThing()\n',
      'secret.py': 'class SecretThing:\n    budget = 1\n',
    });
    const search = inlineSearch();
    const part = { snapshot: selectFiles(snapshot, ['open.py']), texts: { 'note.txt': 'a budget note' } };
    const reply = await search.search({ text: 'budget SecretThing', k: 10 }, part, neverAborted());
    expect(pathsOf(reply)).toEqual(['open.py', 'note.txt']);
    expect(reply.filesSearched).toBe(2);
    expect(JSON.stringify(reply)).not.toContain('secret.py');
  });

  it('follows a new snapshot, and keeps answering over the one before', async () => {
    const search = inlineSearch();
    const ask = async (tree: Tree) => {
      const snapshot = await memorySnapshot(tree);
      return {
        snapshot,
        paths: pathsOf(await search.search({ text: 'budget', k: 5 }, { snapshot, texts: {} }, neverAborted())),
      };
    };
    const same = { 'b.py': 'x = 1\n', 'c.py': 'y = 1\n' };
    const before = await ask({ ...same, 'a.py': 'budget = 1\n' });
    const after = await ask({ ...same, 'a.py': 'nothing = 1\n', 'd.py': 'the_budget = 2\n' });
    expect([before.paths, after.paths]).toEqual([['a.py'], ['d.py']]);
    const again = await search.search(
      { text: 'budget', k: 5 },
      { snapshot: before.snapshot, texts: {} },
      neverAborted(),
    );
    expect(pathsOf(again)).toEqual(['a.py']);
  });
});
