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
  it.each([
    ['a host regex', { properties: { a: { pattern: '(a+)+$' } } }, /"pattern" is not supported/],
    ['regexes as keys', { patternProperties: { '(a+)+$': {} } }, /"patternProperties" is not supported/],
    ['a remote reference', { $ref: 'https://example.com/schema' }, /same schema/],
    ['a dangling reference', { $ref: '#/$defs/gone' }, /points nowhere/],
    ['a loop', { $ref: '#' }, /refers to itself/],
    ['a loop through properties', { properties: { next: { $ref: '#' } } }, /refers to itself/],
    ['doubling references', { $ref: '#/$defs/d0', $defs: doubling }, /too large/],
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
