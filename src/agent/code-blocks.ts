/** A cell found in a model's reply. */
export interface CodeBlock {
  readonly code: string;
  /** False when the reply ended before the closing fence. */
  readonly closed: boolean;
}

interface Fence extends CodeBlock {
  readonly language: string;
  /** Indices of the lines of its opening and closing fence. */
  readonly from: number;
  readonly to: number;
}

const replLanguages = new Set(['repl']);
const pythonLanguages = new Set(['python', 'py', 'python3']);

/**
 * The cells of a reply, in order: its ```repl blocks; if it has none, its Python blocks; if none, its blocks without a
 * language. Blocks in other languages are quotations. A fence inside a triple-quoted Python string closes nothing, so
 * an answer written in a cell may hold fenced code.
 */
export function parseCodeBlocks(reply: string): readonly CodeBlock[] {
  const fences = findFences(reply);
  for (const wanted of [replLanguages, pythonLanguages, new Set([''])]) {
    const chosen = fences.filter((fence) => wanted.has(fence.language) && fence.code.trim() !== '');
    if (chosen.length > 0) return chosen.map(({ code, closed }) => ({ code, closed }));
  }
  return [];
}

/** The lines of a reply that stand in no fenced block. */
export function proseAround(reply: string): string {
  const fences = findFences(reply);
  const isProse = (at: number) => !fences.some(({ from, to }) => from <= at && at <= to);
  return reply
    .split(/\r\n|\n/)
    .filter((_, at) => isProse(at))
    .join('\n');
}

/** What follows the language holds no backtick. */
const opening = /^( {0,3})(`{3,}(?!`)|~{3,}(?!~))[ \t]*([\w+-]*)([^\n]*)$/;

function findFences(reply: string): readonly Fence[] {
  const lines = reply.split(/\r\n|\n/);
  const fences: Fence[] = [];
  for (let at = 0; at < lines.length; at++) {
    const open = opening.exec(lines[at] ?? '');
    if (open === null || open[4]?.includes('`')) continue;
    const language = (open[3] ?? '').toLowerCase();
    const isCode = language === '' || replLanguages.has(language) || pythonLanguages.has(language);
    const close = closingLine(lines, at + 1, open[2] ?? '```', isCode);
    const end = close ?? lines.length;
    const indent = new RegExp(`^ {0,${(open[1] ?? '').length}}`);
    const code = lines
      .slice(at + 1, end)
      .map((line) => line.replace(indent, ''))
      .join('\n');
    fences.push({ language, code, closed: close !== undefined, from: at, to: end });
    at = end;
  }
  return fences;
}

/** The line of the fence that ends the block, or `undefined`. */
function closingLine(lines: readonly string[], from: number, fence: string, python: boolean): number | undefined {
  const closing = new RegExp(`^ {0,3}${fence[0] === '`' ? '`' : '~'}{${fence.length},}[ \t]*$`);
  let first: number | undefined;
  let quote: TripleQuote = '';
  for (let at = from; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (closing.test(line)) {
      if (!python || quote === '') return at;
      first ??= at;
    }
    if (python) quote = tripleQuoteAfter(line, quote);
  }
  // The string never closes: the code is broken anyway, and the plain rule loses the least of what follows.
  return first;
}

type TripleQuote = '' | '"""' | "'''";

/** Which triple-quoted string is open at the end of a line that starts inside `open`. */
function tripleQuoteAfter(line: string, open: TripleQuote): TripleQuote {
  let state: TripleQuote | '"' | "'" = open;
  for (let at = 0; at < line.length; at++) {
    const char = line[at];
    if (state === '' && char === '#') return '';
    if (state !== '' && char === '\\') at++;
    else if (state === '' && (char === '"' || char === "'")) {
      const triple = `${char}${char}${char}` as '"""' | "'''";
      state = line.startsWith(triple, at) ? triple : char;
      at += state.length - 1;
    } else if (state !== '' && line.startsWith(state, at)) {
      at += state.length - 1;
      state = '';
    }
  }
  return state === '"' || state === "'" ? '' : state;
}
