import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { decode } from '../../src/workspace/decode.ts';
import { memorySnapshot, reasonsOf } from '../support/workspace.ts';

const textOf = (bytes: Uint8Array): string => {
  const decoded = decode(bytes);
  return decoded.kind === 'text' ? new TextDecoder('utf-8', { ignoreBOM: true }).decode(decoded.utf8) : decoded.kind;
};

const sentence = 'let greeting = "Grüße, 世界 🌍";\r\nprint(greeting)\n';

describe('Unicode', () => {
  test.each(['utf-8', 'utf-16le', 'utf-16be'])('%s with its mark', (encoding) => {
    expect(textOf(iconv.encode(sentence, encoding, { addBOM: true }))).toBe(sentence);
  });

  test.each(['utf-8', 'utf-16le', 'utf-16be'])('%s without one', (encoding) => {
    expect(textOf(iconv.encode(sentence, encoding, { addBOM: false }))).toBe(sentence);
  });

  test('UTF-16 of another script is told by its line ends', () => {
    const chinese = '# 这是注释\n这是中文文本，没有拉丁字母。\n'.repeat(4);
    expect(textOf(iconv.encode(chinese, 'utf-16be', { addBOM: false }))).toBe(chinese);
  });

  test('only the first mark goes', () => {
    expect(textOf(new TextEncoder().encode('\uFEFF\uFEFFx'))).toBe('\uFEFFx');
  });

  test('every well-formed text survives as UTF-8', () => {
    const text = fc.string({ unit: 'grapheme' }).filter((one) => !one.includes('\0') && !one.startsWith('\uFEFF'));
    fc.assert(
      fc.property(text, (one) => {
        fc.pre(!one.startsWith('%PDF-'));
        expect(textOf(new TextEncoder().encode(one))).toBe(one);
      }),
    );
  });

  test.each([
    '// Le système gère les élèves déjà inscrits à l’école, où ça dépasse.\n',
    '// 这个函数计算用户的总分数并返回结果\n',
    '// Эта функция вычисляет сумму\n',
    'let greeting = "it’s — 🌍";\n',
  ])('a wrong byte, or a cut end, is shown as such and spoils nothing else: %s', (line) => {
    const text = line.repeat(9);
    expect(textOf(Buffer.concat([Buffer.from(text), Buffer.from([0xe9]), Buffer.from(' end\n')]))).toBe(
      `${text}\uFFFD end\n`,
    );
    expect(textOf(Buffer.from(`${text}…`).subarray(0, -1))).toBe(`${text}\uFFFD`);
  });

  test('every text survives as marked UTF-16', () => {
    const text = fc.string({ unit: 'binary' }).filter((one) => !one.includes('\0'));
    fc.assert(
      fc.property(text, fc.constantFrom('utf-16le', 'utf-16be'), (one, encoding) => {
        expect(textOf(iconv.encode(one, encoding, { addBOM: true }))).toBe(one);
      }),
    );
  });
});

describe('older encodings', () => {
  test.each([
    ['windows-1251', '// Привет, мир. Это комментарий на русском языке\nint x = 1;\n'],
    ['shift_jis', '// これは日本語のコメントです\nint x;\n'],
    ['euc-jp', '// これは日本語のコメントです\nint x;\n'],
    ['gb18030', '// 这是中文注释，用来测试编码检测\nint x;\n'],
    ['big5', '// 這是中文註解，用來測試編碼偵測\nint x;\n'],
    ['euc-kr', '// 한국어 주석입니다 테스트\nint x;\n'],
    ['koi8-r', '// Привет, мир. Это комментарий на русском языке\n'],
    ['windows-1252', '// Le café est déjà fermé, et la fenêtre est ouverte.\nint größe = 3; // für “später”\n'],
  ])('%s', (encoding, text) => {
    expect(textOf(iconv.encode(text, encoding))).toBe(text);
  });

  test('bytes of no encoding are left out with that reason', async () => {
    const broken = Uint8Array.of(0xef, 0xbb, 0xbf, 0x61, 0xff, 0xfe);
    expect(reasonsOf(await memorySnapshot({ 'a.txt': broken }))).toEqual({ 'a.txt': 'encoding' });
  });
});

describe('binary', () => {
  const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52);
  const elf = Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0x3e, 0);
  const pdf = new TextEncoder().encode('%PDF-1.7\nall ASCII');
  const packed = Uint8Array.from({ length: 5000 }, (_, at) => ((at * 7919 + 13) % 255) + 1);

  test.each([
    ['png', png],
    ['elf', elf],
    ['pdf', pdf],
    ['packed, without a NUL', packed],
    ['one NUL in a text', new TextEncoder().encode('abc\0def ghi')],
    ['half a UTF-16 unit', Uint8Array.of(0xff, 0xfe, 0x61)],
  ])('%s', (_, bytes) => {
    expect(decode(bytes).kind).toBe('binary');
  });

  test('the name does not matter', async () => {
    const snapshot = await memorySnapshot({ 'code.ts': png, 'text.png': 'version https://git-lfs\n' });
    expect(reasonsOf(snapshot)).toEqual({ 'code.ts': 'binary' });
    expect(snapshot.text('text.png')).toBe('version https://git-lfs\n');
  });
});
