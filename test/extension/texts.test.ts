import { describe, expect, it } from 'vitest';
import { helpForRun, oneLine } from '../../extension/core/failure-help.ts';
import { leftOutReport } from '../../extension/core/left-out-report.ts';
import { questionText } from '../../extension/core/question-text.ts';
import { attachmentsOf, indexOf, textOf } from '../../extension/core/request-params.ts';
import { RunRecord } from '../../extension/core/run-record.ts';
import { savedAnswer } from '../../extension/core/saved-answer.ts';
import { webviewHtml } from '../../extension/core/webview-html.ts';
import { sha256 } from '../../src/cli/sha256.ts';
import { type RequestHandlers, serveRequest } from '../../src/protocol/channel.ts';
import { cited, runEnd, runEvents, stamped } from './events.ts';

describe('the page of a webview', () => {
  const html = webviewHtml({
    kind: 'sidebar',
    title: 'Chat',
    cspSource: "'self' https://*.example",
    nonce: 'abc',
    scriptUri: 'https://x/sidebar.js?a=1&b="2"',
    styleUris: ['https://x/sidebar.css'],
  });

  it('allows nothing but its own script, styles, fonts and images', () => {
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1];
    expect(policy?.split('; ')).toEqual([
      "default-src 'none'",
      "style-src 'self' https://*.example",
      "font-src 'self' https://*.example",
      "img-src 'self' https://*.example data:",
      "script-src 'nonce-abc'",
    ]);
  });

  it('has one script, with the nonce, and nothing inline', () => {
    expect(html.match(/<script/g)).toHaveLength(1);
    expect(html).toContain('<script nonce="abc" src="https://x/sidebar.js?a=1&amp;b=&quot;2&quot;"></script>');
    expect(html).not.toMatch(/<style|style=|\son\w+=/);
    expect(html).toContain('<body data-kind="sidebar">');
    expect(html).toContain('<div id="root"></div>');
  });
});

describe('the question', () => {
  const attachment = { path: 'a.ts', startLine: 2, endLine: 3, text: 'x\n```\ny' };

  it('carries what it is about, fenced whatever it holds', () => {
    expect(questionText(' Why? ', [attachment])).toBe('Why?\n\nThe question is about a.ts:2-3:\n````\nx\n```\ny\n````');
  });
});

describe('a request', () => {
  const refuse = () => {
    throw new Error('no');
  };
  const ask = (params: unknown) => ({ runId: `${textOf(params, 'question')} ${attachmentsOf(params).length}` });
  const handlers = { ask, stop: refuse } as unknown as RequestHandlers;

  it.each([
    [
      { kind: 'request', id: 1, name: 'ask', params: { question: 'q', attachments: [] } },
      { kind: 'answer', id: 1, value: { runId: 'q 0' } },
    ],
    [
      { kind: 'request', id: 2, name: 'ask', params: null },
      { kind: 'refusal', id: 2, message: 'The request lacks its question.' },
    ],
    [
      { kind: 'request', id: 3, name: 'ask', params: { question: 'q', attachments: [{}] } },
      { kind: 'refusal', id: 3, message: 'The request lacks its path.' },
    ],
    [
      { kind: 'request', id: 4, name: 'stop', params: {} },
      { kind: 'refusal', id: 4, message: 'no' },
    ],
    [
      { kind: 'request', id: 5, name: 'toString', params: {} },
      { kind: 'refusal', id: 5, message: 'There is no request toString.' },
    ],
  ])('is always answered: %j', async (frame, answer) => {
    expect(await serveRequest(frame, handlers)).toEqual(answer);
  });

  it.each([null, 7, 'x', {}, { kind: 'request', id: 'x', name: 'ask' }])('is not %j', async (frame) => {
    expect(await serveRequest(frame, handlers)).toBeUndefined();
  });

  it('numbers nothing below 0', () => {
    for (const index of [-1, 0.5, '0', undefined]) expect(() => indexOf({ index }, 'index')).toThrow();
  });
});

describe('a failed run', () => {
  const failed = (kind?: 'unauthorized' | 'unreachable', root = 'openai:gpt-5') => {
    const events = runEvents('r').map((event) =>
      event.type === 'run-start' ? { ...event, models: { root, sub: root } } : event,
    );
    const record = new RunRecord('r', events);
    const failure = kind && { kind, message: 'no' };
    record.take(stamped({ type: 'model-start', turn: 2, promptChars: 1 }, 20));
    record.take(
      stamped(
        { type: 'model-end', turn: 2, text: '', usage: null, costUsd: null, ms: 1, ...(failure && { failure }) },
        21,
      ),
    );
    record.take(stamped({ ...runEnd([]), outcome: 'failed', reason: 'no' }, 22));
    const { end } = record.state;
    return end === undefined ? undefined : helpForRun(end, record.state);
  };

  it('offers what may help', () => {
    expect(failed('unauthorized')).toEqual(['set-key', 'choose-model', 'show-output']);
    expect(failed('unreachable')).toEqual(['retry', 'choose-model', 'show-output']);
    expect(failed()).toEqual(['retry', 'show-output']);
    expect(failed('unauthorized', 'vscode:a/b')).toEqual(['retry', 'choose-model', 'show-output']);
  });

  it('offers nothing when it did not fail', () => {
    const { state } = new RunRecord('r', runEvents('r', { citations: [] }));
    expect(state.end && helpForRun(state.end, state)).toBeUndefined();
  });

  it('is told in one line', () => {
    expect(oneLine('a\n b\t c')).toBe('a b c');
    expect(oneLine('x'.repeat(400))).toHaveLength(301);
  });
});

it('writes an answer as a document', () => {
  const { state } = new RunRecord('r', runEvents('r', { citations: [cited] }));
  if (state.end === undefined) throw new Error('no end');
  expect(savedAnswer({ question: 'Why\nnot?', attachments: [] }, state, state.end, sha256)).toBe(`# Why not?

Done.

## Citations

- [src/a.ts:2-3] — verified

\`\`\`text
two
three
\`\`\`

## Coverage

1 of 1 file loaded; nothing left out.

offline · 1 call · $0.00 · 0.0 s · 1970-01-01

<!-- ask-codebase-answer
{"version":1,"question":"Why\\nnot?","date":"1970-01-01T00:00:01.008Z","models":{"root":"offline","sub":"offline"},"calls":1,"costUsd":0,"outcome":"answered","citations":[
  {"path":"src/a.ts","startLine":2,"endLine":3,"sha256":"${sha256('two\nthree')}","lines":"z51lyv6p5v 221hilylhf9","words":"z51lyv6p5v 221hilylhf9"}]}
-->
`);
});

it('reports what is left out by reason', () => {
  const leftOut = [
    { path: 'dist/', reason: 'ignored', detail: '.gitignore: dist/' },
    { path: 'a`b.bin', reason: 'binary', detail: 'holds NUL bytes' },
  ] as const;
  expect(
    leftOutReport({ filesTotal: 1200, filesLoaded: 1199, bytesLoaded: 5000, leftOut }),
  ).toBe(`# What Ask Codebase loads

1,199 of 1,200 files, 5.0 KB.

## Left out

1 binary, 1 ignored. A folder counts once.

### ignored

- \`dist/\` (.gitignore: dist/)

### binary

- \`\`a\`b.bin\`\` (holds NUL bytes)
`);
});
