import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readReport } from '../../src/repl/cell-report.ts';
import { nodeCount } from '../../src/repl/node/json-size.ts';
import { applySparse, sparseHeapLength, toSparse } from '../../src/repl/node/sparse.ts';
import { parseHostCall } from '../../src/repl/parse-host-call.ts';

const text = fc.string();
const schema = fc.constantFrom<undefined | object>(
  undefined,
  { type: 'string' },
  { properties: { pattern: { type: 'string' } } },
);
const child = fc.record({
  task: text,
  paths: fc.option(fc.array(fc.string({ minLength: 1 }).filter((path) => path !== '__proto__'))),
  texts: fc.dictionary(
    fc.string({ minLength: 1 }).filter((path) => path !== '__proto__'),
    text,
    { noNullPrototype: true },
  ),
});
const path = fc.string({ minLength: 1 }).filter((some) => some !== '__proto__');
const name = fc.stringMatching(/^[A-Za-z_$][\w$.:]{0,40}$/);
const symbolQuery = fc.oneof(
  fc.record({ ask: fc.constantFrom('outline', 'imports'), path, text }, { requiredKeys: ['ask', 'path'] }),
  fc.record({ ask: fc.constantFrom('symbols', 'references', 'callers'), name, limit: fc.nat(10_000) }),
);
const gitQuery = fc.oneof(
  fc.record({
    ask: fc.constant('blame'),
    path,
    start: fc.integer({ min: 1, max: 9 }),
    end: fc.integer({ min: 9, max: 99 }),
  }),
  fc.record({ ask: fc.constant('log'), path: fc.option(path), count: fc.integer({ min: 1, max: 1000 }) }),
  fc.record({ ask: fc.constant('changed_since'), ref: text }),
);
const validCall = fc.oneof(
  fc.record({ op: fc.constant('llm_query'), prompt: text, model: fc.constantFrom('root', 'sub'), schema }),
  fc.record({ op: fc.constant('llm_batch'), prompts: fc.array(text), schema }),
  fc.record({ op: fc.constant('rlm_query'), child, schema }),
  fc.record({ op: fc.constant('rlm_batch'), children: fc.array(child) }),
  fc.record({ op: fc.constant('budget') }),
  fc.record({ op: fc.constant('symbols'), query: symbolQuery }),
  fc.record({ op: fc.constant('git'), query: gitQuery }),
);

describe('parseHostCall', () => {
  it('returns every valid call as it came', () => {
    fc.assert(
      fc.property(validCall, (call) => {
        const sent = JSON.parse(JSON.stringify(call));
        expect(parseHostCall(sent)).toEqual({ call: sent });
      }),
    );
  });

  it('never throws and never lets another shape through', () => {
    const ops = fc.constantFrom(
      'llm_query',
      'llm_batch',
      'rlm_query',
      'rlm_batch',
      'budget',
      'symbols',
      'git',
      'eval',
      '__proto__',
    );
    const almost = fc.record(
      {
        op: ops,
        prompt: fc.anything(),
        prompts: fc.anything(),
        child: fc.anything(),
        children: fc.anything(),
        schema: fc.anything(),
        model: fc.anything(),
        query: fc.anything(),
      },
      { requiredKeys: ['op'] },
    );
    fc.assert(
      fc.property(fc.oneof(fc.anything(), almost), (value) => {
        const parsed = parseHostCall(value);
        if ('refused' in parsed) expect(parsed.refused).not.toBe('');
        else
          expect(['llm_query', 'llm_batch', 'rlm_query', 'rlm_batch', 'budget', 'symbols', 'git']).toContain(
            parsed.call.op,
          );
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['pattern', { type: 'string', pattern: '(a+)+$' }],
    ['pattern', { items: { anyOf: [{ pattern: 'x' }] } }],
    ['patternProperties', { patternProperties: { '(a+)+$': {} } }],
    // References that reach what does not look like a schema.
    ['pattern', { $ref: '#/const', const: { pattern: 'x' } }],
    ['pattern', { $ref: '#/properties', properties: { pattern: 'x' } }],
    ['patternProperties', { $ref: '#/properties', properties: { patternProperties: { x: {} } } }],
  ])('refuses %s wherever it may act as a keyword', (keyword, bad) => {
    expect(parseHostCall({ op: 'llm_query', prompt: '', schema: bad })).toEqual({
      refused: expect.stringContaining(`"${keyword}"`),
    });
  });

  it('refuses schemas that are too large or too deep', () => {
    const deep = JSON.parse(`${'{"not":'.repeat(10_000)}{}${'}'.repeat(10_000)}`);
    expect(parseHostCall({ op: 'llm_query', prompt: '', schema: deep })).toEqual({
      refused: expect.stringContaining('deeper'),
    });
    const large = { enum: Array.from({ length: 5000 }, (_, n) => `value ${n}`) };
    expect(parseHostCall({ op: 'llm_query', prompt: '', schema: large })).toEqual({
      refused: expect.stringContaining('limited'),
    });
  });

  it('does not set a prototype through a text', () => {
    const call = JSON.parse('{"op":"rlm_query","child":{"task":"t","paths":null,"texts":{"__proto__":"x"}}}');
    expect(parseHostCall(call)).toEqual({ refused: 'a path is not valid' });
  });
});

describe('readReport', () => {
  it('makes a report of anything', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const report = readReport(value, { cellMs: 1, outputChars: 10 });
        expect(['ok', 'error', 'interrupted']).toContain(report.ended);
        expect(report.output.head.length).toBeLessThanOrEqual(20);
        expect(typeof report.answer.content).toBe('string');
      }),
    );
  });
});

describe('nodeCount', () => {
  it('is never less than the number of values', () => {
    const count = (value: unknown): number =>
      typeof value === 'object' && value !== null
        ? 1 + Object.values(value).reduce((sum: number, inner) => sum + count(inner), 0)
        : 1;
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(nodeCount(new TextEncoder().encode(JSON.stringify(value)))).toBeGreaterThanOrEqual(count(value));
      }),
    );
  });
});

describe('the sparse heap', () => {
  it('comes back as it was', () => {
    const pages = fc.array(fc.constantFrom(0, 1, 255), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(pages, (fills) => {
        const heap = new Uint8Array(fills.length * 4096);
        fills.forEach((fill, page) => void heap.fill(fill, page * 4096 + 100, (page + 1) * 4096));
        const sparse = toSparse(heap);
        // As it is stored: behind a checksum.
        const shared = new Uint8Array(new SharedArrayBuffer(32 + sparse.length), 32);
        shared.set(sparse);
        const restored = new Uint8Array(sparseHeapLength(shared));
        applySparse(shared, restored);
        expect(restored).toEqual(heap);
      }),
    );
  });
});
