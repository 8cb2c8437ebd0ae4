import type { ScriptData } from '../support/script.ts';

const cell = (...lines: readonly string[]) => `\`\`\`repl\n${lines.join('\n')}\n\`\`\``;
const finish = (text: string) => cell(`answer["content"] = ${JSON.stringify(text)}`, 'answer["ready"] = True');
const cited = 'The bucket is filled on success [src/bucket.ts:4-6].';

/** What the model says in each golden run; the question's marker chooses. */
export const scripts: ScriptData = {
  depth: [
    `Let me delegate.\n${cell('report = rlm_query("[[script:child]] Who fills the bucket?", "src/**")', 'print(report)')}`,
    finish(cited),
  ],
  child: [
    cell('print(len(files), sorted(files))', 'found = rlm_query("[[script:grandchild]] Where is fill?")'),
    cell('FINAL("child: " + found)'),
  ],
  grandchild: [
    cell('found = rlm_query("[[script:great-grandchild]] Read it.", ["src/bucket.ts"])'),
    cell('FINAL_VAR("found")'),
  ],
  'great-grandchild': [
    cell(
      'print(read("src/bucket.ts", 4, 6))',
      'refused = None',
      'try:',
      '    rlm_query("deeper")',
      'except RuntimeError as e:',
      '    print("refused:", e)',
    ),
    cell('FINAL(cite("src/bucket.ts", 4, 6))'),
  ],

  batch: [
    cell(
      'replies = llm_batch([f"[[script:leaf id={i}]] Read part {i}." for i in range(64)])',
      'good = [r for r in replies if not isinstance(r, CallError)]',
      'print(len(replies), "replies,", len(good), "good")',
      'print(replies[7], "|", replies[63])',
      'print([r for r in replies if isinstance(r, CallError)])',
    ),
    finish(cited),
  ],
  leaf: ['part {{id}} read'],

  trained: [
    cell('print(type(context).__name__, len(context))', 'for path in context: print(path)'),
    `I see it.\n${cell('final_answer = "Filled on success " + cite("src/bucket.ts", 4, 6)', 'print(final_answer)')}\nFINAL_VAR(final_answer)`,
  ],
  hasty: [`${cell('print("one")')}\nThe output will be one. Then:\n${cell('print("two")')}`, finish(cited)],

  schema: [
    cell(
      'shape = {"type": "object", "properties": {"lines": {"type": "array", "items": {"type": "integer"}}}, "required": ["lines"]}',
      'found = llm_query("[[script:shaped]] Which lines fill the bucket?", schema=shape)',
      'print(found["lines"])',
      'try:',
      '    llm_query("[[script:shapeless]] Which lines?", schema=shape)',
      'except RuntimeError as e:',
      '    print(e)',
    ),
    finish(cited),
  ],
  shaped: ['The lines are 4 to 6.', 'Here: ```json\n{"lines": [4, 5, 6]}\n```'],
  shapeless: ['{"lines": "4 to 6"}'],

  endless: [
    cell(
      'answer["content"] = "So far: filled on success [src/bucket.ts:4-6]."',
      'n = globals().get("n", 0) + 1',
      'print("looked", n, "times")',
    ),
  ],

  spinning: [cell('answer["content"] = "Before the loop [src/bucket.ts:1]."'), cell('while True:', '    pass')],

  spending: [
    cell(
      'answer["content"] = "Part: the bucket has tokens [src/bucket.ts:2]."',
      'print([str(r) for r in llm_batch([f"[[script:leaf id={i}]] Read {i}." for i in range(6)])])',
      'print(budget()["calls"], "of", budget()["maxCalls"])',
    ),
    finish('Whole: the bucket has tokens [src/bucket.ts:2].'),
  ],

  killed: [
    cell('kept = 1'),
    cell('import os', 'os.abort()'),
    cell('print("kept" in globals(), len(files))'),
    finish(cited),
  ],

  broken: [
    cell('x = 1', 'print(undefined_name)'),
    cell('print(x', 'y = 2'),
    cell('print("x is still", x)'),
    finish(cited),
  ],

  liar: [
    finish('It is in [src/imaginary.ts:1-5], [src/bucket.ts:4-60] and [src/bucket.ts:4]:\n```ts\nfill(n: bigint)\n```'),
  ],

  injected: [
    cell('print(files["README.md"])'),
    finish('The README says to ignore its rules; I did not [README.md:1-2].'),
  ],
};
