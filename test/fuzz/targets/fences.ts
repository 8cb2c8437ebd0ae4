import { parseCodeBlocks, proseAround } from '../../../src/agent/code-blocks.ts';
import { parseFinalText } from '../../../src/agent/final-text.ts';
import { type FuzzTarget, hold } from '../target.ts';

const fence = '```';

export const fences: FuzzTarget = {
  name: 'fences',
  seeds: [
    `Let me look.\n${fence}repl\nprint(len(files))\n${fence}\nand\n${fence}python\nx = 1\n${fence}`,
    `${fence}repl\nanswer["content"] = """\n${fence}ts\nconst a = 1;\n${fence}\n"""\n${fence}`,
    `  ~~~~py\n  print('''a\n  ~~~~\n  ''')\n  ~~~~`,
    'FINAL(It is (so) there.)',
    'FINAL_VAR("result")',
    `${fence}\nno language`,
  ],
  words: [
    fence,
    '~~~',
    `${fence}repl\n`,
    '\n```\n',
    '"""',
    "'''",
    '#',
    '\\',
    'FINAL(',
    'FINAL_VAR(',
    ')',
    '    ',
    '\n\n',
    'x = "',
  ],
  check(input) {
    const blocks = parseCodeBlocks(input);
    const chars = blocks.reduce((sum, { code }) => sum + code.length, 0);
    hold(chars <= input.length, 'cells hold no more than the reply');
    hold(
      blocks.every(({ code }) => code.trim() !== ''),
      'a cell is not empty',
    );
    hold(blocks.filter(({ closed }) => !closed).length <= 1, 'at most one cell is open');
    hold(proseAround(input).length <= input.length, 'prose is of the reply');
    const final = parseFinalText(input);
    if (final?.kind === 'text') hold(input.includes(final.text), 'a final text stands in the reply');
    const code = blocks[0]?.code ?? '';
    const plain = !/[`~]{3}|"""|'''/.test(code) && !code.includes('\r');
    if (code === '' || !plain) return;
    hold(
      parseCodeBlocks(`${fence}repl\n${code}\n${fence}`)[0]?.code === code,
      'a cell that is written again is the same',
    );
  },
};
