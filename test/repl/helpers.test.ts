import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WarmReplPool } from '../../src/repl/node/pool.ts';
import { corpusOf, openRepl, type TestRepl, testPool } from '../support/repl.ts';

const files = {
  'src/auth/login.py':
    'import os\n\ndef check_password(user, given):\n    """Compares hashes."""\n    return user.hash == hash(given)\n',
  'src/auth/tokens.ts': 'export class TokenStore {\n  refresh(token: string): string {\n    return token;\n  }\n}\n',
  'src/main.go': 'package main\n\nfunc main() {\n\tprintln("hi")\n}\n',
  'README.md': '# Demo\n\nHow to log in: check_password is called.\n',
  'empty.txt': '',
};

let pool: WarmReplPool;
let repl: TestRepl;

beforeAll(async () => {
  pool = await testPool();
  repl = await openRepl(pool, { corpus: corpusOf(files, { 'notes/extra': 'handed down' }) });
});
afterAll(() => pool.close());

describe('files', () => {
  it('holds the snapshot in order, then the texts handed down', async () => {
    expect(await repl.print('list(files), files["notes/extra"], context is files')).toBe(
      `(${JSON.stringify([...Object.keys(files), 'notes/extra'])
        .replaceAll('"', "'")
        .replaceAll(',', ', ')}, 'handed down', True)\n`,
    );
  });

  it('is a dict in all but what CPython makes impossible', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 12 }, (_, n) => [`f${n}_x.py`, `text ${n} é ${'y'.repeat(n * 50)}`]),
    );
    const lazy = await openRepl(pool, { corpus: corpusOf(many) }, 1);
    const check = readFileSync(new URL('./transparency.py', import.meta.url), 'utf8');
    await lazy.print(
      `${check}\nreference = {${Object.entries(many)
        .map(([path, text]) => `${JSON.stringify(path)}: ${JSON.stringify(text)}`)
        .join(', ')}}`,
    );
    const failed =
      'results = check(files, reference)\nprint(len(results))\nprint([name for name, outcome in results if outcome != "ok"])';
    expect(await lazy.print(failed)).toBe(
      "64\n['type(x) is dict', 'dict.get(files,k) unbound', 'dict.items(files) unbound']\n",
    );
    await lazy.repl.close();
  });
});

describe('grep', () => {
  it('finds lines with numbers and says how many', async () => {
    expect(await repl.print('grep("check_password")')).toBe(
      'src/auth/login.py:3: def check_password(user, given):\nREADME.md:3: How to log in: check_password is called.\n[2 hits in 2 of 6 files searched]\n',
    );
  });

  it('takes ^, $, a glob, case and context', async () => {
    expect(await repl.print('grep("^IMPORT os$", "src/**", ignore_case=True, context=1)')).toBe(
      'src/auth/login.py:1: import os\nsrc/auth/login.py-2- \n[1 hits in 1 of 3 files searched]\n',
    );
  });

  it('gives the line of the words, not a blank one before it that \\s has taken in', async () => {
    expect(await repl.print(String.raw`grep(r"^\s*(def|func) ")`)).toBe(
      'src/auth/login.py:3: def check_password(user, given):\nsrc/main.go:3: func main() {\n[2 hits in 2 of 6 files searched]\n',
    );
    expect(await repl.print(String.raw`[(h.path, h.line) for h in grep(r"^\s*$", "*.go")]`)).toBe(
      "[('src/main.go', 2)]\n",
    );
  });

  it('finds the end of a last line that no line end follows', async () => {
    const open = await openRepl(
      pool,
      { corpus: corpusOf({ 'open.txt': 'one;\ntwo', 'closed.txt': 'one;\n', 'empty.txt': '' }) },
      1,
    );
    expect(await open.print('[(h.path, h.line) for h in grep("(?<!;)$")]')).toBe("[('open.txt', 2)]\n");
    await open.repl.close();
  });

  it('counts what it cuts', async () => {
    expect(await repl.print('hits = grep("e", max_hits=1)\nlen(hits), hits[0].line')).toBe('(1, 3)\n');
    expect(await repl.print('hits.summary')).toContain('only the first 1 are here');
  });

  it('explains a bad expression', async () => {
    expect((await repl.run('grep("(")')).error).toContain('not a regular expression');
  });
});

describe('glob, read, cite, tree', () => {
  it.each([
    ['*.py', ['src/auth/login.py']],
    ['src/*.go', ['src/main.go']],
    ['src/**/*.{py,ts}', ['src/auth/login.py', 'src/auth/tokens.ts']],
    ['src/auth', ['src/auth/login.py', 'src/auth/tokens.ts']],
    ['**/*.md', ['README.md']],
    ['[Rr]EADME.md', ['README.md']],
    ['*.rs', []],
    ['src/**/**/*****.go', ['src/main.go']],
    ['src/[n-1]/*', []],
    ['src/[!]', []],
  ])('glob(%j)', async (pattern, paths) => {
    expect(
      JSON.parse((await repl.print(`import json\nprint(json.dumps(glob(${JSON.stringify(pattern)})))`)).trim()),
    ).toEqual(paths);
  });

  it('reads numbered lines', async () => {
    expect(await repl.print('print(read("src/main.go", 3, 4))')).toBe('3  func main() {\n4  \tprintln("hi")\n');
    expect((await repl.run('read("src/main.go", 9)')).error).toContain('src/main.go has 5 lines');
    expect(await repl.print('read("empty.txt")')).toBe("''\n");
  });

  it('names close paths for an unknown one', async () => {
    expect((await repl.run('read("auth/login.py")')).error).toContain("Close: 'src/auth/login.py'");
  });

  it('cites only lines that exist', async () => {
    expect(await repl.print('cite("src/main.go", 1, 5), cite("README.md", 3)')).toBe(
      "('[src/main.go:1-5]', '[README.md:3-3]')\n",
    );
    for (const lines of ['1, 6', '0, 1', '3, 2'])
      expect((await repl.run(`cite("src/main.go", ${lines})`)).error).toContain('ValueError: src/main.go has 5 lines');
  });

  it('draws the folders', async () => {
    const tree = await repl.print('print(tree())');
    expect(tree).toContain('./  6 files');
    expect(tree).toContain('\n  src/  3 files');
    expect(tree).toContain('\n    auth/  2 files');
    expect(tree).not.toContain('login.py');
  });

  it('draws a folder however its path is written, also a hidden one', async () => {
    const hidden = await openRepl(pool, { corpus: corpusOf({ '.github/workflows/ci.yml': 'on: push\n' }) }, 1);
    expect(await hidden.print('print(tree(".github"))')).toContain('.github/  1 file,');
    await hidden.repl.close();
    const [plain, ...others] = await Promise.all(
      ['src', 'src/', './src', '/src/./'].map((path) => repl.print(`print(tree("${path}"))`)),
    );
    expect(plain).toContain('src/  3 files');
    expect(others).toEqual(others.map(() => plain));
  });
});

describe('lines', () => {
  it('are counted as the host counts them, whatever ends them', async () => {
    const endings = await openRepl(pool, { corpus: corpusOf({ 'a.txt': 'one\rtwo budget\r\nthree\n' }) }, 1);
    expect(await endings.print('print(read("a.txt"))')).toBe('1  one\n2  two budget\n3  three\n');
    expect(await endings.print('print([(h.line, h.text) for h in grep("budget$")])')).toBe("[(2, 'two budget')]\n");
    expect((await endings.run('cite("a.txt", 4, 4)')).error).toContain('has 3 lines');
    await endings.repl.close();
  });
});

describe('grep without reading every file', () => {
  it('finds what the expression run over every line finds, whatever is looked for', async () => {
    const line = fc.stringMatching(/^[abKk \u212a.ſsTODO]{0,12}$/);
    const texts = fc.array(
      fc.array(line, { maxLength: 6 }).map((lines) => lines.join('\r\n')),
      { minLength: 1, maxLength: 8 },
    );
    const atom = fc.constantFrom(
      'TODO',
      'abb',
      'kk',
      'ss',
      '(?:TODO|ab)',
      '(aba|abb)+',
      'x*',
      '\\bTO',
      '[ab]+',
      'a{2,3}',
      '^',
      '$',
      '.',
      '(?i:abb)',
      '(?=TOD)',
      'aTb?',
    );
    const pattern = fc
      .tuple(fc.constantFrom('', '(?i)'), fc.array(atom, { minLength: 1, maxLength: 3 }))
      .map(([flag, atoms]) => flag + atoms.join(''));
    await fc.assert(
      fc.asyncProperty(texts, pattern, fc.boolean(), async (contents, expression, ignoreCase) => {
        const corpus = corpusOf(Object.fromEntries(contents.map((text, n) => [`f${n}`, text])));
        const one = await openRepl(pool, { corpus }, 1);
        const agreed = await one.print(
          `import re
e = re.compile(${JSON.stringify(expression)}, re.M | (re.I if ${ignoreCase ? 'True' : 'False'} else 0))
slow = []
for p, t in files.items():
    t = t.replace("\\r\\n", "\\n")
    lines = sorted({t.count("\\n", 0, m.start()) + 1 for m in e.finditer(t) if m.start() < len(t) or t[-1:] not in ("", "\\n")})
    slow += [(p, n) for n in lines]
fast = [(h.path, h.line) for h in grep(${JSON.stringify(expression)}, ignore_case=${ignoreCase ? 'True' : 'False'}, max_hits=10**6)]
fast == slow or (fast, slow)`,
        );
        await one.repl.close();
        expect(agreed).toBe('True\n');
      }),
      { numRuns: 40 },
    );
  });

  it('sees texts that were changed or handed down', async () => {
    const other = await openRepl(
      pool,
      { corpus: corpusOf({ 'a.txt': 'nothing', 'b.txt': 'TODO' }, { note: 'a TODO' }) },
      1,
    );
    await other.run('files["a.txt"] = "now a TODO"\nfiles["c.txt"] = "TODO too"');
    expect(await other.print('[h.path for h in grep("TODO")]')).toBe("['a.txt', 'b.txt', 'note', 'c.txt']\n");
    await other.repl.close();
  });
});

describe('the regular expressions of cells', () => {
  it('match what CPython’s own match, with skipping ahead or without', async () => {
    const atom = fc.constantFrom(
      '\\b',
      '\\B',
      '^',
      '$',
      '(?<=a)',
      '(?<!b)',
      '(?=a)',
      '(?!b)',
      'a',
      'b',
      '[ab]',
      'a|',
      '(?:ab|ba)',
      '.',
      '\\w+',
      ' *',
      '(a)?',
      '\\Z',
    );
    const pattern = fc.array(atom, { minLength: 1, maxLength: 6 }).map((atoms) => atoms.join(''));
    const text = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\n', 'A', 'é'), maxLength: 20 });
    const cases = fc.array(fc.tuple(pattern, text), { minLength: 30, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(cases, fc.constantFrom('re.M', 're.I', 're.A | re.M', '0'), async (pairs, flags) => {
        const differing = await repl.print(`
import re, json
from re import _compiler
ours = _compiler._get_charset_prefix
def spans(own):
    _compiler._get_charset_prefix = own
    re.purge()
    try:
        return [[m.span() for m in re.finditer(p, t, ${flags})] for p, t in pairs]
    finally:
        _compiler._get_charset_prefix = ours
        re.purge()
pairs = json.loads(${JSON.stringify(JSON.stringify(pairs))})
[case for case, a, b in zip(pairs, spans(ours), spans(ours.__globals__["_original"])) if a != b]`);
        expect(differing).toBe('[]\n');
      }),
      { numRuns: 60 },
    );
  });
});
