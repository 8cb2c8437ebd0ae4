import MarkdownIt, { type Token } from 'markdown-it';
import { type ComponentChildren, h, type VNode } from 'preact';
import { parseCitations } from '../../src/citations/parse.ts';
import { formatRange } from '../../src/citations/verify.ts';
import { CitationButton, type ShownCitation } from './badge.tsx';
import { Code } from './code.tsx';

// What a model writes becomes elements we choose, never HTML: raw HTML is text, links and images are their words.
const parser = new MarkdownIt('commonmark', { html: false, linkify: false }).enable(['table', 'strikethrough']);

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

/** Nested tokens come as a flat list of opening and closing ones. */
function renderBlocks(tokens: readonly Token[], props: MarkdownProps): ComponentChildren[] {
  const stack: { readonly tag: string; readonly children: ComponentChildren[] }[] = [{ tag: '', children: [] }];
  const add = (child: ComponentChildren) => stack.at(-1)?.children.push(child);
  for (const token of tokens) {
    if (token.nesting === 1) stack.push({ tag: tagOf(token), children: [] });
    else if (token.nesting === -1) {
      const { tag, children } = stack.pop() ?? { tag: '', children: [] };
      add(tag === '' ? children : element(tag, children));
    } else if (token.type === 'inline') add(renderBlocks(token.children ?? [], props));
    else add(renderLeaf(token, props));
  }
  return stack[0]?.children ?? [];
}

function tagOf(token: Token): string {
  const name = token.type.replace(/_open$/, '');
  // An answer's headings stand below the question's: levels 1 and 2 are the view's own.
  if (name === 'heading') return `h${Math.min(6, Number(token.tag.slice(1)) + 2)}`;
  return (token.hidden ? '' : elements[name]) ?? '';
}

const readAlone = /^(?:p|h\d|li|td|th|blockquote)$/;

/** Each paragraph finds its own direction. */
const element = (tag: string, children: ComponentChildren[]): VNode =>
  h(tag, readAlone.test(tag) ? { dir: 'auto' } : null, children);

function renderLeaf(token: Token, props: MarkdownProps): ComponentChildren {
  switch (token.type) {
    case 'text':
      return withCitations(token.content, props);
    case 'code_inline':
      return withCitations(token.content, props, true);
    case 'fence':
    case 'code_block':
      return <Code text={token.content.replace(/\n$/, '')} language={token.info.trim().split(/\s/)[0] ?? ''} />;
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

/** Text with its `[path:12-30]` turned to buttons; one that the host did not judge (yet) stays text. */
function withCitations(text: string, { citations, onOpen }: MarkdownProps, code = false): ComponentChildren {
  const parts: ComponentChildren[] = [];
  let copied = 0;
  for (const cited of parseCitations(text)) {
    const shown = citations.find(({ citation }) => formatRange(citation) === formatRange(cited));
    if (shown === undefined) continue;
    const opening = text[cited.start - 1] === '[' ? 1 : 0;
    const closing = text[cited.end] === ']' ? 1 : 0;
    parts.push(text.slice(copied, cited.start - opening), <CitationButton shown={shown} onOpen={onOpen} />);
    copied = cited.end + closing;
    // A full stop stays with its citation.
    if (/[.,;:)]/.test(text[copied] ?? '')) parts.push('\u2060');
  }
  const rest = text.slice(copied);
  if (parts.length === 0) return code ? <code>{text}</code> : text;
  return [...parts, rest];
}
