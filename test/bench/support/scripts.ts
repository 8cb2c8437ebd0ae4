import type { ScriptData } from '../../support/script.ts';

const cell = (...lines: readonly string[]) => `\`\`\`repl\n${lines.join('\n')}\n\`\`\``;
/** The root's answer has to cite, or it would be sent back once. */
const cited = 'FINAL(f"{result} [{next(iter(files))}:1]")';

export const turns = 20;

/** Says in the variable how many replies were right, and how long the batch took as the cell sees it. */
const batchCell = (variable: string): readonly string[] => [
  'import time',
  'began = time.perf_counter()',
  `xs = llm_batch([f"[[script:item id={i}]] ${variable} {i}" for i in range({{n}})])`,
  'took = time.perf_counter() - began',
  'good = sum(x == f"item-{i}" for i, x in enumerate(xs))',
  `${variable} = f"{good} good, ms={took * 1000}"`,
];

/** What the model says; a question's `[[script:KEY]]` chooses. The shapes are those of the peers' bench. */
export const scripts: ScriptData = {
  trivial: [cell('result = "ok"', cited)],

  fan: [
    cell(
      'xs = rlm_batch([f"[[script:leaf id={i}]] leaf {i}" for i in range({{n}})])',
      'result = "%d ok of %d" % (sum(str(x).startswith("leaf-") for x in xs), len(xs))',
      cited,
    ),
  ],
  leaf: [cell('FINAL("leaf-{{id}}")')],

  chain: [cell('result = "root<" + rlm_query("[[script:chain-child]] child") + ">"', cited)],
  'chain-child': [cell('FINAL("child<" + rlm_query("[[script:chain-grandchild]] grandchild") + ">")')],
  'chain-grandchild': [cell('FINAL("grandchild")')],

  scan: [
    cell(
      'import re',
      String.raw`rx = re.compile(r"\b(TODO|FIXME)\b")`,
      'hits = {k: len(rx.findall(v)) for k, v in context.items() if isinstance(v, str)}',
      'result = "%d files, %d hits" % (len(hits), sum(hits.values()))',
      cited,
    ),
  ],

  spin: [cell('result = "root<" + rlm_query("[[script:spin-child]] child") + ">"', cited)],
  'spin-child': [cell('while True: pass'), cell('FINAL("recovered")')],

  /** A batch in the first cell of a fresh process; two looks and two batches, as a run is. */
  batch: [cell(...batchCell('result'), cited)],
  run: [
    cell('print(len(files))'),
    cell('print(grep("one"))'),
    cell(...batchCell('first')),
    cell(...batchCell('second'), 'result = f"{first}; {second}"', cited),
  ],
  item: ['item-{{id}}'],

  turns: [...Array.from({ length: turns - 1 }, (_, n) => cell(`print(${n})`)), cell('result = "ok"', cited)],
};
