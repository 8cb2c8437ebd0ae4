/** The part of a query that has to occur as it stands: `"a literal"` or `/a regular expression/`. */
export type RequiredText =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'regex'; readonly text: string; readonly expression: RegExp };

export interface SplitQuery {
  /** What is left to be ranked by its words; the words of literals are in it as well. */
  readonly words: string;
  readonly required: readonly RequiredText[];
}

const literal = /"([^"\n]{2,200})"|“([^”\n]{2,200})”/g;
/** Between slashes at word borders, with a character that only an expression has: paths stay words. */
const regex = /(?<=^|\s)\/((?:[^/\n\\]|\\.){1,300})\/([imsu]{0,4})(?=\s|$)/g;
const special = /[\\^$*+?()[\]{}|]/;

/** @throws RangeError with a sentence for who asked, when an expression cannot be used. */
export function splitQuery(query: string): SplitQuery {
  const required: RequiredText[] = [];
  const rest = query.replace(regex, (whole, source: string, flags: string) => {
    if (!special.test(source)) return whole;
    required.push({ kind: 'regex', text: whole, expression: compile(source, flags) });
    return ' ';
  });
  for (const [, straight, curly] of rest.matchAll(literal))
    required.push({ kind: 'literal', text: straight ?? curly ?? '' });
  return { words: rest, required };
}

function compile(source: string, flags: string): RegExp {
  try {
    return new RegExp(source, [...new Set(`gm${flags}`)].join(''));
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new RangeError(`the part between slashes is no regular expression: ${problem}`);
  }
}

/** Lines (from 1) on which the text occurs, ascending, each once. */
export function linesWith(required: RequiredText, text: string): readonly number[] {
  const lines: number[] = [];
  let line = 1;
  let counted = 0;
  for (const at of places(required, text)) {
    for (; counted < at; counted++) {
      const code = text.charCodeAt(counted);
      if (code === 10 || (code === 13 && text.charCodeAt(counted + 1) !== 10)) line++;
    }
    if (lines.at(-1) !== line) lines.push(line);
  }
  return lines;
}

function* places(required: RequiredText, text: string): Generator<number> {
  if (required.kind === 'literal')
    for (let at = text.indexOf(required.text); at !== -1; at = text.indexOf(required.text, at + 1)) yield at;
  else for (const { index } of text.matchAll(required.expression)) yield index;
}
