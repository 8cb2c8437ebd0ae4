import { describe, expect, it } from 'vitest';
import { startersFor } from '../../extension/core/starters.ts';
import { readIntent } from '../../src/models/offline/intent.ts';

describe('the offline model reads what a question wants', () => {
  it.each([
    ['How many call sites does `retry` have?', { kind: 'calls', name: 'retry', count: true }],
    ['How many call sites of loadSnapshot are there?', { kind: 'calls', name: 'loadSnapshot', count: true }],
    ['List every call of store.get_lease in the codebase', { kind: 'calls', name: 'store.get_lease', count: false }],
    ['List all callers of parse_args', { kind: 'calls', name: 'parse_args', count: false }],
    ['What calls resolve_redirects?', { kind: 'calls', name: 'resolve_redirects', count: false }],
    ['Which functions call the function `open_file`?', { kind: 'calls', name: 'open_file', count: false }],
    ['How many times is buildIndex called?', { kind: 'calls', name: 'buildIndex', count: true }],
    ['How many places call loadSnapshot?', { kind: 'calls', name: 'loadSnapshot', count: true }],
    ['How many call sites are there for loadSnapshot?', { kind: 'calls', name: 'loadSnapshot', count: true }],
    ['How many callsites has `retry`?', { kind: 'calls', name: 'retry', count: true }],
    ['How many times do we call loadSnapshot?', { kind: 'calls', name: 'loadSnapshot', count: true }],
    ['In how many places is the function retry called?', { kind: 'calls', name: 'retry', count: true }],
    ['Find all places where loadSnapshot is called', { kind: 'calls', name: 'loadSnapshot', count: false }],
    ['Where is `Session.send` called?', { kind: 'calls', name: 'Session.send', count: false }],
    ['List all references to MAX_RETRIES', { kind: 'references', name: 'MAX_RETRIES', count: false }],
    ['How often is `Budget` used?', { kind: 'references', name: 'Budget', count: true }],
    ['Where is `HTTPAdapter` defined?', { kind: 'definitions', name: 'HTTPAdapter', count: false }],
    ['Which files import urllib3?', { kind: 'importers', name: 'urllib3', count: false }],
    ['List all subclasses of BaseAdapter', { kind: 'subtypes', name: 'BaseAdapter', count: false }],
    ['Which classes implement Runnable?', { kind: 'subtypes', name: 'Runnable', count: false }],
    [
      'How many classes are there in src/models.py?',
      { kind: 'kinds', what: 'class', path: 'src/models.py', count: true },
    ],
    ['List every function in src/util/', { kind: 'kinds', what: 'function', path: 'src/util/', count: false }],
    ['List all classes in src/models.py.', { kind: 'kinds', what: 'class', path: 'src/models.py', count: false }],
    ['How many classes are in ./src?', { kind: 'kinds', what: 'class', path: 'src', count: true }],
    ['How many Python files are there?', { kind: 'files', pattern: 'python', count: true }],
    ['How many source files are there?', { kind: 'files', pattern: '', count: true }],
    ['List all Python source files', { kind: 'files', pattern: 'python', count: false }],
    ['List all TODOs', { kind: 'lines', text: 'TODO', count: false }],
    ['list all todos', { kind: 'lines', text: 'TODO', count: false }],
    ['How many lines contain "import os"?', { kind: 'lines', text: 'import os', count: true }],
  ])('%s', (question, intent) => expect(readIntent(question)).toEqual(intent));

  it.each([
    ['Where does the session decide to drop the Authorization header?', 'where'],
    ['How does resolve_redirects stop?', 'how'],
    ['Why does `send` call merge_environment_settings before it sends?', 'why'],
    ['What is the purpose of the getTarget method?', 'what'],
    ['What calls are made when a redirect is followed, and in which order?', 'what'],
    ['Where is the retry logic implemented?', 'where'],
    ['List the steps of a login', 'list'],
    ['How many tests are there?', 'list'],
    ['What calls are made?', 'what'],
  ])('%s is to be explained', (question, ask) => expect(readIntent(question)).toEqual({ kind: 'explain', ask }));

  it.each([
    'What does this project do?',
    'what is this repo about',
    'What is this?',
    'Explain this codebase',
    'Summarize the repository.',
    'Give me a high-level overview of the architecture of this project',
    'How is the code organized?',
    'What are the main entry points?',
    'Where should I start reading?',
    'Where does the program start?',
    ...startersFor(['sanic'], undefined),
    ...startersFor(['sanic', 'guide'], undefined),
  ])('%s is for the project as a whole', (question) => expect(readIntent(question)).toEqual({ kind: 'overview' }));

  it.each([
    ['How do I run the tests?', 'test'],
    ['how to test this', 'test'],
    ['How can I build it from source?', 'build'],
    ['How do I set up the project locally?', 'install'],
    ['How do we start the dev server', undefined],
    ['How do I start the server?', 'run'],
    ['How do you contribute to this project?', 'contribute'],
    ['How do I run a query?', undefined],
    ['How do I test a fixture?', undefined],
    ['What does this project do with tokens?', undefined],
    ['What is the purpose of the common() method?', undefined],
    ['Where does the parser start?', undefined],
    ['How is the code of a cell run?', undefined],
  ])('%s is about the work on it: %s', (question, verb) => {
    const intent = readIntent(question);
    expect(intent).toMatchObject(verb === undefined ? { kind: 'explain' } : { kind: 'howto', verb });
  });

  it.each([
    ['What licence is this under?', 'licence'],
    ['Which license does the project use?', 'licence'],
    ['what is the license of this repository', 'licence'],
    ['Under which license is this library released?', 'licence'],
    ['Who owns this code?', 'licence'],
    ['What company owns the copyright to this code?', 'licence'],
    ['What year was this code copyrighted?', 'licence'],
    ['Can I use it commercially?', 'licence'],
    ['Is this open source?', 'licence'],
    ['What are the dependencies?', 'dependencies'],
    ['What are the main dependencies of this project?', 'dependencies'],
    ['Which dependencies does it have?', 'dependencies'],
    ['list all dependencies', 'dependencies'],
    ['What does this package depend on?', 'dependencies'],
    ['Which third-party libraries does it use?', 'dependencies'],
    ['Which version is this?', 'version'],
    ["What's the current version?", 'version'],
    ['What is the version of this library?', 'version'],
    ['What are the dependencies of the parser?', undefined],
    ['What does the lexer depend on?', undefined],
    ['Which version of the protocol is used?', undefined],
    ['Who owns the lock?', undefined],
    ['How is the license key checked?', undefined],
    ['Where are dependencies resolved?', undefined],
  ])('%s asks for what a project declares: %s', (question, fact) => {
    const intent = readIntent(question);
    if (fact === undefined) expect(intent).toMatchObject({ kind: 'explain' });
    else expect(intent).toEqual(fact === 'licence' ? { kind: 'licence' } : { kind: 'declared', fact });
  });

  it('reads any question in one go', () => {
    const pieces = [' ', '\n', 'a ', 'in the code ', 'called ', 'a.', '/', 'which ', 'the ', '`', '"'];
    for (const start of [
      'list ',
      'list all ',
      'how many calls to ',
      'what imports ',
      'list all classes in ',
      'how do i ',
      'give me a ',
      'what licence is this ',
      'what are the dependencies of ',
    ])
      for (const piece of pieces)
        expect(readIntent(`${start}${piece.repeat(20_000)}!x`)).toEqual(readIntent(`${start}${piece.repeat(400)}!x`));
    expect(readIntent('list  all\n  callers of   retry')).toEqual({ kind: 'calls', name: 'retry', count: false });
    expect(readIntent('How many  lines contain "a  b"?')).toEqual({ kind: 'lines', text: 'a  b', count: true });
  });
});
