import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sseData } from '../../src/models/node/sse.ts';

async function* inPieces(bytes: Uint8Array, cuts: readonly number[]): AsyncGenerator<Uint8Array> {
  const ends = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  let from = 0;
  for (const end of [...ends, bytes.length]) {
    yield bytes.subarray(from, end);
    from = end;
  }
}

async function read(stream: string, cuts: readonly number[] = []): Promise<string[]> {
  const all: string[] = [];
  for await (const data of sseData(inPieces(new TextEncoder().encode(stream), cuts))) all.push(data);
  return all;
}

it('reads the same events wherever the bytes are cut, whatever the line ends', async () => {
  const payload = fc.string({ unit: 'grapheme' }).map((text) => JSON.stringify({ text }));
  await fc.assert(
    fc.asyncProperty(
      fc.array(payload, { maxLength: 8 }),
      fc.constantFrom('\n', '\r\n', '\r'),
      fc.array(fc.nat(2000), { maxLength: 40 }),
      async (payloads, end, cuts) => {
        const stream = payloads.map((one) => `: note${end}event: x${end}data: ${one}${end}${end}`).join('');
        expect(await read(stream, cuts)).toEqual(payloads);
      },
    ),
  );
});

it('reads every cut of a stream of characters of one to four bytes', async () => {
  const stream = 'data: aé漢😀\r\n\r\ndata:[DONE]\r\n\r\n';
  const { length } = new TextEncoder().encode(stream);
  for (let cut = 0; cut <= length; cut++) expect(await read(stream, [cut])).toEqual(['aé漢😀', '[DONE]']);
});

it('joins the lines of one event', async () => {
  expect(await read('data: a\ndata\ndata:b\n\n')).toEqual(['a\n\nb']);
});

it('takes a last event without a blank line, but not half a line', async () => {
  expect(await read('data: a\n\ndata: b\n')).toEqual(['a', 'b']);
  expect(await read('data: a\n\ndata: b\r')).toEqual(['a', 'b']);
  expect(await read('data: a\n\ndata: {"ha')).toEqual(['a']);
});
