import type { CellResult, Repl, ReplOptions, ReplPool } from '../../src/repl/repl.ts';

/** What a scripted cell does: fills in what differs from an uneventful cell. */
export type ScriptedCell = (
  code: string,
  options: ReplOptions,
  signal: AbortSignal,
) =>
  | Partial<Omit<CellResult, 'output'> & { readonly printed: string }>
  | Promise<Partial<Omit<CellResult, 'output'> & { readonly printed: string }>>;

/** REPLs in memory. A cell `answer: TEXT` finishes with that text; every other cell goes to `runCell`. */
export function scriptedRepls(
  runCell: ScriptedCell = () => ({}),
): ReplPool & { readonly opened: ReplOptions[]; readonly refreshed: string[]; closed: number } {
  const [opened, refreshed]: [ReplOptions[], string[]] = [[], []];
  const pool = {
    opened,
    refreshed,
    closed: 0,
    async open(first: ReplOptions): Promise<Repl> {
      opened.push(first);
      let options = first;
      let closed = false;
      let answer = { content: '', ready: false };
      let variables: readonly string[] = [];
      return {
        async refresh(corpus, question) {
          if (closed) throw new Error('The interpreter is gone.');
          refreshed.push(question);
          options = { ...options, corpus, question };
          answer = { content: '', ready: false };
        },
        async run(code, _limits, signal) {
          const final = /^answer: ([\s\S]*)$/.exec(code)?.[1];
          const { printed = '', ...done } =
            final === undefined ? await runCell(code, options, signal) : { answer: { content: final, ready: true } };
          answer = done.answer ?? { ...answer, ready: false };
          variables = done.variables ?? variables;
          const output = {
            head: printed,
            tail: '',
            totalChars: printed.length,
            totalLines: printed.split('\n').length,
            omittedChars: 0,
          };
          return { status: 'ok', error: '', ms: 1, waitMs: 0, ...done, variables, output, answer };
        },
        async close() {
          if (!closed) pool.closed++;
          closed = true;
        },
      };
    },
    async close() {},
  };
  return pool;
}

export const cell = (code: string) => `\`\`\`repl\n${code}\n\`\`\``;
