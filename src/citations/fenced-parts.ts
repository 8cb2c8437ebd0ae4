/** Part of a Markdown text, whole lines. `fence` is the mark that opened it. */
export type MarkdownPart =
  | { readonly kind: 'prose'; readonly text: string }
  /** A fenced block to some readers of Markdown, perhaps not to all. */
  | { readonly kind: 'unsure'; readonly text: string }
  /** A fenced block to every reader. */
  | { readonly kind: 'fenced'; readonly text: string; readonly fence: string; readonly closed: boolean };

/** After what opens a list item or a quotation, or in a cell of a table. */
const opening = /^((?:[ \t|]|[-*+>]|\d{1,9}[.)])*)(`{3,}|~{3,})(.*)$/s;
/** Formulas and front matter, where some readers have them, hold fences that are none. */
const hidesFences = (line: string, isFirst: boolean): boolean =>
  line.includes('$$') || (isFirst && /^(?:---|\+\+\+)\s*$/.test(line));

interface OpenFence {
  readonly mark: string;
  readonly sure: boolean;
}

/**
 * Divides a text at its fenced blocks. Readers differ in where a fence that is indented, or stands in a list, a quotation or a table,
 * begins and ends: after the first of these no block is sure any more. Joined, the parts are the text.
 */
export function* partsOf(text: string): Generator<MarkdownPart> {
  let agreed = true;
  let open: OpenFence | undefined;
  let part: string[] = [];
  for (const [at, line] of text.split(/(?<=\n)/).entries()) {
    if (open !== undefined) {
      part.push(line);
      if (!closes(line, open)) continue;
      yield partOf(part.join(''), open, true);
      open = undefined;
      part = [];
      continue;
    }
    const found = openedBy(line);
    agreed &&= !hidesFences(line, at === 0) && (found === undefined || found.sure);
    if (found === undefined) part.push(line);
    else {
      if (part.length > 0) yield { kind: 'prose', text: part.join('') };
      open = { mark: found.mark, sure: agreed };
      part = [line];
    }
  }
  if (part.length > 0) yield partOf(part.join(''), open, false);
}

function openedBy(line: string): OpenFence | undefined {
  const [, before = '', mark = '', info = ''] = opening.exec(line) ?? [];
  if (mark === '' || info.startsWith(mark.charAt(0)) || (mark.startsWith('`') && info.includes('`'))) return undefined;
  return { mark, sure: before === '' && !info.includes('|') };
}

function closes(line: string, { mark, sure }: OpenFence): boolean {
  const rest = sure ? line.replace(/^ {0,3}/, '') : line.replace(/^[ \t|>]*/, '');
  return rest.startsWith(mark) && rest.trimEnd().replaceAll(mark.charAt(0), '') === '';
}

function partOf(text: string, open: OpenFence | undefined, closed: boolean): MarkdownPart {
  if (open === undefined) return { kind: 'prose', text };
  return open.sure ? { kind: 'fenced', text, fence: open.mark, closed } : { kind: 'unsure', text };
}
