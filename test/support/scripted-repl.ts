import type { CellResult, ReplOptions, ReplPool } from '../../src/repl/repl.ts';

/** What a scripted cell does: fills in what differs from an uneventful cell. */
export type ScriptedCell = (
  code: string,
  options: ReplOptions,
  signal: AbortSignal,
) =>
  | Partial<Omit<CellResult, 'output'> & { readonly printed: string }>
  | Promise<Partial<Omit<CellResult, 'output'> & { readonly printed: string }>>;

/** REPLs in memory. A cell `answer: TEXT` finishes with that text; every other cell goes to `runCell`. */
export function scriptedRepls(runCell: ScriptedCell = () => ({})): ReplPool & { readonly opened: ReplOptions[] } {
  const opened: ReplOptions[] = [];
  return {
    opened,
    async open(options) {
      opened.push(options);
      let answer = { content: '', ready: false };
      return {
        async run(code, _limits, signal) {
          const final = /^answer: ([\s\S]*)$/.exec(code)?.[1];
          const { printed = '', ...done } =
            final === undefined ? await runCell(code, options, signal) : { answer: { content: final, ready: true } };
          answer = done.answer ?? { ...answer, ready: false };
          const output = {
            head: printed,
            tail: '',
            totalChars: printed.length,
            totalLines: printed.split('\n').length,
            omittedChars: 0,
          };
          return { status: 'ok', error: '', variables: [], ms: 1, waitMs: 0, ...done, output, answer };
        },
        async close() {},
      };
    },
    async close() {},
  };
}

export const cell = (code: string) => `\`\`\`repl\n${code}\n\`\`\``;
