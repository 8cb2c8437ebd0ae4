import MarkdownIt, { type Token } from 'markdown-it';
import { type ComponentChildren, h, type VNode } from 'preact';
import type { CitedRange } from '../../src/citations/parse.ts';
import { formatRange } from '../../src/citations/verify.ts';
import { CitationButton } from './badge.tsx';
import { citationGroups, citationRule } from './citation-rule.ts';
import { Code } from './code.tsx';
import type { ShownCitation } from './shown-citations.ts';

// What a model writes becomes elements we choose, never HTML: raw HTML is text, links and images are their words.
// Definitions of links would not be shown at all: `[a.ts:1-2]: decided` is a citation and a word.
const parser = new MarkdownIt('commonmark', { html: false, linkify: false, maxNesting: 100 })
  .enable(['table', 'strikethrough'])
  .disable('reference')
  .use(citationRule);

export interface MarkdownProps {
  readonly text: string;
  readonly citations: readonly ShownCitation[];
  readonly onOpen: (index: number) => void;
}

export function Markdown(props: MarkdownProps) {
  return <div class="markdown">{renderBlocks(parser.parse(props.text, {}), props)}</div>;
}

const elements: Readonly<Record<string, string>> = {
  paragraph: 'p',
  bullet_list: 'ul',
  ordered_list: 'ol',
  list_item: 'li',
  blockquote: 'blockquote',
  table: 'table',
  thead: 'thead',
  tbody: 'tbody',
  tr: 'tr',
  th: 'th',
  td: 'td',
  strong: 'strong',
  em: 'em',
  s: 's',
};

interface Opened {
  readonly tag: string;
  /** The number of a list's first item. */
  readonly start: number;
  readonly children: ComponentChildren[];
}

/** Nested tokens come as a flat list of opening and closing ones. */
function renderBlocks(tokens: readonly Token[], props: MarkdownProps): ComponentChildren[] {
  const top: Opened = { tag: '', start: 1, children: [] };
  const stack: Opened[] = [top];
  const add = (child: ComponentChildren) => stack.at(-1)?.children.push(child);
  for (const token of tokens) {
    if (token.nesting === 1)
      stack.push({ tag: tagOf(token), start: Number(token.attrGet('start') ?? 1), children: [] });
    else if (token.nesting === -1) {
      const closed = stack.pop() ?? top;
      add(closed.tag === '' ? closed.children : element(closed));
    } else if (token.type === 'inline') add(renderBlocks(token.children ?? [], props));
    else add(renderLeaf(token, props));
  }
  return top.children;
}

function tagOf(token: Token): string {
  const name = token.type.replace(/_open$/, '');
  // An answer's headings stand below the question's: levels 1 and 2 are the view's own.
  if (name === 'heading') return `h${Math.min(6, Number(token.tag.slice(1)) + 2)}`;
  return (token.hidden ? '' : elements[name]) ?? '';
}

const readAlone = /^(?:p|h\d|li|td|th|blockquote)$/;

/** Each paragraph finds its own direction. */
const element = ({ tag, start, children }: Opened): VNode =>
  tag === 'ol' ? <ol start={start}>{children}</ol> : h(tag, readAlone.test(tag) ? { dir: 'auto' } : null, children);

function renderLeaf(token: Token, props: MarkdownProps): ComponentChildren {
  switch (token.type) {
    case 'citations':
      return withCitations(token.content, props);
    case 'code_inline':
      return wholeCitation.test(token.content) ? withCitations(token.content, props) : <code>{token.content}</code>;
    case 'fence':
    case 'code_block':
      return (
        <Code
          text={token.content.replace(/\n$/, '')}
          language={token.info.trim().split(/\s/)[0] ?? ''}
          label="Code in the answer"
        />
      );
    case 'softbreak':
      return '\n';
    case 'hardbreak':
      return <br />;
    case 'hr':
      return <hr />;
    case 'image':
      return token.content;
    default:
      return token.content;
  }
}

/** Models put citations into code spans as well. */
const wholeCitation = /^\s*\[.*:L?\d.*\]\s*$/;

/** Brackets with what they cite as buttons; what the host did not judge (yet) stays text. */
function withCitations(text: string, { citations, onOpen }: MarkdownProps): ComponentChildren {
  const cited = citationGroups(text).flatMap((group) => group.cited);
  const found = cited.map((range) => citations.find(({ citation }) => formatRange(citation) === formatRange(range)));
  if (found.length === 0 || found.includes(undefined)) return partly(text, cited, found, onOpen);
  return found.map((shown, at) => [
    at === 0 ? '' : ' ',
    shown && <CitationButton shown={shown} onOpen={onOpen} />,
    // What follows, a full stop perhaps, stays with its citation.
    '\u2060',
  ]);
}

/** Some of the bracket was not judged: it stays as it is written, the buttons in their places. */
function partly(
  text: string,
  cited: readonly CitedRange[],
  found: readonly (ShownCitation | undefined)[],
  onOpen: MarkdownProps['onOpen'],
): ComponentChildren {
  const parts: ComponentChildren[] = [];
  let copied = 0;
  for (const [at, { start, end }] of cited.entries()) {
    const shown = found[at];
    if (shown === undefined) continue;
    parts.push(text.slice(copied, start), <CitationButton shown={shown} onOpen={onOpen} />);
    copied = end;
  }
  return [...parts, text.slice(copied)];
}
