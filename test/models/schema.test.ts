import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonValues } from '../../src/models/extract-json.ts';
import { parseReply, schemaInstruction, schemaProblem } from '../../src/models/schema.ts';

const items = {
  type: 'object',
  properties: {
    items: { type: 'array', items: { $ref: '#/$defs/item' } },
    size: { enum: ['s', 'm'] },
  },
  required: ['items'],
  additionalProperties: false,
  $defs: {
    item: { type: 'object', properties: { line: { type: 'integer', minimum: 1 } }, required: ['line'] },
  },
};

const problemOf = (reply: string, schema: Record<string, unknown>): string => {
  const parsed = parseReply(reply, schema);
  return parsed.kind === 'mismatch' ? parsed.problem : expect.fail(`accepted ${JSON.stringify(parsed.value)}`);
};

it('tells the model the schema and wants JSON only', () => {
  expect(schemaInstruction(items)).toContain(JSON.stringify(items));
  expect(schemaInstruction(items)).toMatch(/one JSON value.*nothing else/);
});

describe('finding the JSON in a reply', () => {
  const value = { items: [{ line: 3 }] };
  const json = JSON.stringify(value);
  it.each([
    ['alone', json],
    ['in a fence', `Here you are:\n\`\`\`json\n${json}\n\`\`\`\nAnything else?`],
    ['in a bare fence', `\`\`\`\r\n${json}\r\n\`\`\``],
    ['in prose', `The answer is ${json}, as asked.`],
    ['after a footnote', `See [1] and {braces}: ${json}`],
    ['after thinking', `<think>maybe {"items":[{"line":9}]}</think>\n${json}`],
    ['after an unbalanced bracket', `a[ b { c ${json}`],
    ['after a draft that does not match', `{"items": 1}\nNo: ${json}`],
  ])('%s', (_, reply) => {
    expect(parseReply(reply, items)).toEqual({ kind: 'ok', value });
  });

  it.each(['', 'no json here', '{"items": [', 'undefined'])('says so when there is none: %j', (reply) => {
    expect(problemOf(reply, items)).toBe('The reply holds no JSON value. Reply with the JSON value alone.');
  });

  it('finds any value in any of its dresses', () => {
    const prose = fc.string().filter((text) => !/[[{`"<]/.test(text));
    fc.assert(
      fc.property(
        fc.oneof(fc.dictionary(fc.string(), fc.jsonValue()), fc.array(fc.jsonValue())),
        prose,
        prose,
        (any, a, b) => {
          const text = JSON.stringify(any);
          const [bare] = jsonValues(`${a} ${text} ${b}`);
          const [fenced] = jsonValues(`${a}\n\`\`\`json\n${text}\n\`\`\`\n${b}`);
          expect(JSON.stringify(bare)).toBe(text);
          // A value that holds a fence of its own is still found, as a balanced value.
          expect([...jsonValues(`${a}\n\`\`\`json\n${text}\n\`\`\``)].map((found) => JSON.stringify(found))).toContain(
            text,
          );
          if (!text.includes('`')) expect(JSON.stringify(fenced)).toBe(text);
        },
      ),
    );
  });

  it('never throws, and gives only what is in the text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('{', '}', '[', ']', '"', '\\', ',', '1', ' ', ':', '`', '\n') }),
        (text) => {
          for (const found of jsonValues(text))
            expect(text.replace(/\s/g, '')).toContain(JSON.stringify(found).slice(0, 1));
        },
      ),
    );
  });

  it('takes a bounded time for a hostile reply', () => {
    const startedAt = performance.now();
    expect(problemOf('['.repeat(190_000), {})).toMatch(/no JSON value/);
    expect(problemOf('{"'.repeat(90_000), {})).toMatch(/no JSON value/);
    expect(problemOf(`\`\`\`\n${' '.repeat(190_000)}`, {})).toMatch(/no JSON value/);
    const deep = `${'['.repeat(40_000)}${']'.repeat(40_000)}`;
    expect(problemOf(`[${deep},${deep}]`, { uniqueItems: true })).toMatch(/nested deeper than 200/);
    expect(performance.now() - startedAt).toBeLessThan(3000);
    expect(problemOf(`[${'1,'.repeat(100_000)}1]`, {})).toMatch(/longer than 200000 characters/);
  });
});

describe('a reply that does not match', () => {
  it.each([
    [
      '{"items":[{"line":1},{"line":"two"}]}',
      ['$.items[1].line: the value type "string" is invalid. Expected "integer"'],
    ],
    ['{"items":[{"line":0}]}', ['$.items[0].line: 0 is less than 1']],
    ['{}', ['$: the value does not have required property "items"']],
    ['{"items":[],"extra":1}', ['$.extra: is not allowed here']],
    [
      '{"items":[{}],"size":"xl"}',
      ['$.items[0]: the value does not', '$.size: the value does not match any of ["s","m"]'],
    ],
  ])('%s is told path and reason', (reply, problems) => {
    const parts = problemOf(reply, items).split('; ');
    expect(parts).toHaveLength(problems.length);
    problems.forEach((problem, i) => {
      expect(parts[i]).toContain(problem);
    });
  });

  it('names odd keys so that they can be found', () => {
    const schema = { properties: { 'a/b c~#é': { type: 'number' } } };
    expect(problemOf('{"a/b c~#é":""}', schema)).toMatch(/^\$\["a\/b c~#é"\]: /);
  });

  it('is told the first five problems and how many more there are', () => {
    const problem = problemOf(JSON.stringify(Array(9).fill('x')), { items: { type: 'number' } });
    expect(problem.split('; ')).toHaveLength(6);
    expect(problem).toMatch(/and 4 more$/);
  });

  it('offers alternatives when none of them fits', () => {
    expect(problemOf('true', { anyOf: [{ type: 'string' }, { type: 'number' }] })).toMatch(
      /does not match any subschemas/,
    );
  });
});

describe('a schema from an untrusted model', () => {
  const nest = (depth: number): Record<string, unknown> => (depth === 0 ? {} : { items: nest(depth - 1) });
  const doubling = Object.fromEntries(
    Array.from({ length: 40 }, (_, i) => [
      `d${i}`,
      { allOf: [{ $ref: `#/$defs/d${i + 1}` }, { $ref: `#/$defs/d${i + 1}` }] },
    ]),
  );
  const wide = { properties: Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`k${i}`, true])) };
  const oftenWide = { allOf: Array(900).fill({ $ref: '#/$defs/wide' }) };
  it.each([
    ['a host regex', { properties: { a: { pattern: '(a+)+$' } } }, /"pattern" is not supported/],
    ['regexes as keys', { patternProperties: { '(a+)+$': {} } }, /"patternProperties" is not supported/],
    ['a remote reference', { $ref: 'https://example.com/schema' }, /same schema/],
    ['a dangling reference', { $ref: '#/$defs/gone' }, /points nowhere/],
    ['a loop', { $ref: '#' }, /refers to itself/],
    ['a loop through properties', { properties: { next: { $ref: '#' } } }, /refers to itself/],
    ['doubling references', { $ref: '#/$defs/d0', $defs: doubling }, /too large/],
    ['a wide part, referred to often', { $defs: { wide }, ...oftenWide }, /too large/],
    [
      'a part of many words without meaning, referred to often',
      { $defs: { wide: wide.properties }, ...oftenWide },
      /too large/,
    ],
    ['endless depth', nest(500), /too large/],
    ['endless lists', { enum: Array(30_000).fill(1) }, /longer than 50000/],
    ['a list for a schema', { items: 3 }, /must be an object, true or false/],
    ['a word for a list', { allOf: {} }, /must be a list/],
    ['a word for an enum', { enum: 'abc' }, /"enum" must be a list/],
    ['a word for a number', { minimum: '1' }, /"minimum" must be a number/],
    ['a list for properties', { properties: ['a'] }, /object of schemas/],
  ])('is refused with a reason: %s', (_, schema, problem) => {
    expect(schemaProblem(schema)).toMatch(problem);
    expect(problemOf('{"a":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!"}', schema)).toMatch(problem);
  });

  const list = (length: number, item: (at: number) => string) => `[${Array.from({ length }, (_, at) => item(at))}]`;
  const fields = list(1, () => `{${Array.from({ length: 10_000 }, (_, at) => `"k${at}":1`)}}`);
  const alternatives = (count: number, one: unknown) => ({ items: { anyOf: Array(count).fill(one) } });
  it.each([
    ['all items with each other', list(20_000, String), { uniqueItems: true }],
    ['all items with all that is allowed', list(20_000, () => '1'), { items: { enum: Array(8000).fill('y') } }],
    ['all items with long values', list(20_000, () => '1'), { items: { const: 'x'.repeat(20_000) } }],
    ['all items with all alternatives', list(20_000, () => '1'), alternatives(300, { type: 'string' })],
    ['a wide object many times', fields, alternatives(1500, {})],
    ['a long text many times', list(1, () => `"${'x'.repeat(190_000)}"`), alternatives(1500, { maxLength: 1 })],
    ['names that are missing', list(20_000, () => '{}'), { items: { required: Array.from({ length: 1500 }, String) } }],
    [
      'each of many drafts',
      list(150, () => '[1,2,3]')
        .slice(1, -1)
        .replaceAll(',[', ' or ['),
      alternatives(900, false),
    ],
  ])('cannot make the host compare without end: %s', (_, reply, schema) => {
    expect(problemOf(reply, schema)).toMatch(/would take too long: use a simpler schema, or a shorter reply/);
  });

  it('may be as wide as replies that are meant', () => {
    const finding = { type: 'object', properties: { path: { type: 'string' }, line: {} }, required: ['path', 'line'] };
    const findings = list(3000, (at) => `{"path":"src/file-${at}.ts","line":${at}}`);
    expect(parseReply(findings, { items: finding }).kind).toBe('ok');
    expect(parseReply(list(2000, String), { uniqueItems: true }).kind).toBe('ok');
    const paths = Array.from({ length: 200 }, (_, at) => `src/file-${at}.ts`);
    expect(
      parseReply(
        list(500, (at) => `"src/file-${at % 200}.ts"`),
        { items: { enum: paths } },
      ).kind,
    ).toBe('ok');
  });

  it('cannot make what is said of a mismatch endless', () => {
    const names = list(1, () => `{"${'k'.repeat(50_000)}":${list(3000, () => '1')}}`);
    const problem = problemOf(names, { items: { additionalProperties: { items: { type: 'string' } } } });
    expect(problem.length).toBeLessThan(6000);
  });

  it('is not run by the formats of the validator, some of which could hang', () => {
    const url = `http://${'a'.repeat(5000)}!`;
    expect(parseReply(JSON.stringify(url), { type: 'string', format: 'url' })).toEqual({ kind: 'ok', value: url });
  });

  it('may name a property like a keyword, and is left as it was', () => {
    const schema = { properties: { pattern: { type: 'string' }, $ref: { type: 'number' }, id: {} }, required: ['id'] };
    const frozen = Object.freeze(structuredClone(schema));
    expect(problemOf('{"pattern":1,"$ref":"x"}', frozen).split('; ')).toHaveLength(3);
    expect(frozen).toEqual(schema);
    expect(JSON.stringify(frozen)).toBe(JSON.stringify(schema));
  });

  it('cannot reach the prototype', () => {
    const schema = JSON.parse('{"properties":{"__proto__":{"type":"number"}},"required":["__proto__"]}');
    expect(problemOf('{}', schema)).toMatch(/required property "__proto__"/);
    expect(parseReply('{"__proto__":1}', schema).kind).toBe('ok');
  });

  it('keeps what stands beside a reference', () => {
    const schema = { $defs: { n: { type: 'number' } }, $ref: '#/$defs/n', minimum: 5 };
    expect(problemOf('3', schema)).toMatch(/3 is less than 5/);
    expect(problemOf('"x"', schema)).toMatch(/Expected "number"/);
    expect(schemaProblem(schema)).toBeUndefined();
    expect(parseReply('7', schema)).toEqual({ kind: 'ok', value: 7 });
  });
});
