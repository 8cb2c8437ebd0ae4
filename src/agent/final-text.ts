/** What a reply without a cell declares as the answer: the forms that models trained as RLMs write outside of code. */
export type FinalText =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'variable'; readonly name: string };

const finalCall = /^[ \t]*(FINAL(?:_VAR)?)\(([\s\S]*)\)[ \t.;]*$/m;

/**
 * Reads `FINAL(…)` and `FINAL_VAR(…)` standing at the start of a line in prose. The argument reaches to the last
 * closing parenthesis, so answers may hold parentheses.
 * @returns `undefined` when the reply declares nothing.
 */
export function parseFinalText(reply: string): FinalText | undefined {
  const match = finalCall.exec(reply);
  if (match === null) return undefined;
  const argument = unquote((match[2] ?? '').trim());
  if (argument === '') return undefined;
  if (match[1] === 'FINAL') return { kind: 'text', text: argument };
  return /^[A-Za-z_]\w*$/.test(argument) ? { kind: 'variable', name: argument } : undefined;
}

function unquote(text: string): string {
  const match = /^("""|'''|"|')([\s\S]*)\1$/.exec(text);
  return (match?.[2] ?? text).trim();
}
