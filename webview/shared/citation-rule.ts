import type MarkdownIt from 'markdown-it';
import { type CitedRange, parseCitations } from '../../src/citations/parse.ts';

/** The content of a `citations` token: one pair of brackets and what it names. */
export interface CitationGroup {
  readonly open: number;
  /** After the closing bracket. */
  readonly close: number;
  readonly cited: readonly CitedRange[];
}

/** The brackets of a text that cite, as the host's parser finds them. */
export function citationGroups(text: string): readonly CitationGroup[] {
  const groups: { open: number; close: number; cited: CitedRange[] }[] = [];
  for (const one of parseCitations(text)) {
    const last = groups.at(-1);
    if (last !== undefined && one.start < last.close) last.cited.push(one);
    else groups.push({ open: openingOf(text, one.start), close: closingOf(text, one.end), cited: [one] });
  }
  return groups;
}

const openingOf = (text: string, start: number) => text.lastIndexOf('[', start - 1);

/** Paths may hold brackets: the one that closes is where the list of `path:lines` ends. */
function closingOf(text: string, end: number): number {
  const rest = /^(?:\s*[;,](?:[^[\]\n]|\[[^[\]\n]*\])*)?\]/.exec(text.slice(end));
  return end + (rest?.[0].length ?? 0);
}

/** Citations before emphasis and links: `[src/__init__.py:1-2]` holds no bold text. */
export function citationRule(parser: InstanceType<typeof MarkdownIt>): void {
  let parsed: { readonly text: string; readonly groups: readonly CitationGroup[] } = { text: '', groups: [] };
  parser.inline.ruler.before('link', 'citations', (state, silent) => {
    if (state.src.charAt(state.pos) !== '[') return false;
    if (parsed.text !== state.src) parsed = { text: state.src, groups: citationGroups(state.src) };
    const group = parsed.groups.find(({ open }) => open === state.pos);
    if (group === undefined || group.close > state.posMax) return false;
    if (!silent) {
      const token = state.push('citations', '', 0);
      token.content = state.src.slice(group.open, group.close);
    }
    state.pos = group.close;
    return true;
  });
}
