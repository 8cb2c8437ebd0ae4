/** What a reply without a cell declares as the answer: the forms that models trained as RLMs write outside of code. */
export type FinalText =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'variable'; readonly name: string };

const finalStart = /^[ \t]*(FINAL(?:_VAR)?)\(/m;

/**
 * Reads `FINAL(…)` and `FINAL_VAR(…)` standing at the start of a line in prose. The argument reaches to the last
 * closing parenthesis, so answers may hold parentheses.
 * @returns `undefined` when the reply declares nothing.
 */
export function parseFinalText(reply: string): FinalText | undefined {
  const start = finalStart.exec(reply);
  if (start === null) return undefined;
  const from = start.index + start[0].length;
  const argument = unquote(reply.slice(from, lastClosing(reply, from)).trim());
  if (argument === '') return undefined;
  if (start[1] === 'FINAL') return { kind: 'text', text: argument };
  return /^[A-Za-z_]\w*$/.test(argument) ? { kind: 'variable', name: argument } : undefined;
}

/** What a reply that was cut off had begun to declare as the answer; all of it when it declares nothing. */
export function begunFinalText(reply: string): string {
  const start = finalStart.exec(reply);
  if (start?.[1] !== 'FINAL') return reply;
  return reply.slice(start.index + start[0].length).replace(/^("""|'''|"|')/, '');
}

const answerStart = /^[ \t]*(?:answer\[["']content["']\][ \t]*=[ \t]*(?:\(\s*)?|FINAL\(\s*)[rbfRBF]{0,2}("""|''')/gm;

/** The answer that a reply's cell was writing as a triple-quoted string when it was cut off; empty when it was at something else. */
export function begunAnswerIn(reply: string): string {
  const start = [...reply.matchAll(answerStart)].at(-1);
  const text = reply.slice((start?.index ?? 0) + (start?.[0].length ?? reply.length));
  return start?.[1] !== undefined && !text.includes(start[1]) ? text : '';
}

/** Where the last parenthesis stands that ends a line; before `from` when there is none. */
function lastClosing(reply: string, from: number): number {
  for (let at = reply.lastIndexOf(')'); at >= from; at = reply.lastIndexOf(')', at - 1))
    if (/^[ \t.;]*(?:\n|$)/.test(reply.slice(at + 1))) return at;
  return from;
}

function unquote(text: string): string {
  const match = /^("""|'''|"|')([\s\S]*)\1$/.exec(text);
  return (match?.[2] ?? text).trim();
}
