import { createHighlighterCore, type HighlighterCore } from 'shiki/core';
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript';
import darkPlus from 'shiki/themes/dark-plus.mjs';
import type { ColouredLine, Colourer, Piece, TokenKind } from '../shared/coloured.ts';
import { grammarOf, grammars } from './languages.ts';

/** What the colours of VS Code's Dark+ stand for; which colour each is in which theme is for the style sheet to say. */
const kinds: Readonly<Record<string, TokenKind>> = {
  '#6A9955': 'comment',
  '#569CD6': 'keyword',
  '#C586C0': 'control',
  '#CE9178': 'string',
  '#B5CEA8': 'number',
  '#D16969': 'regexp',
  '#646695': 'regexp',
  '#D7BA7D': 'escape',
  '#DCDCAA': 'function',
  '#4EC9B0': 'type',
  '#9CDCFE': 'variable',
  '#4FC1FF': 'constant',
  '#808080': 'tag',
  '#F44747': 'invalid',
};

/** Grammars take the square of a line's length: one minified line would stop the view for minutes. */
const maxLineChars = 1000;

let highlighter: Promise<HighlighterCore> | undefined;

export const colour: Colourer = async (text, language) => {
  highlighter ??= createHighlighterCore({
    themes: [darkPlus],
    langs: grammars,
    engine: createJavaScriptRegexEngine({ forgiving: true }),
  });
  const ready = await highlighter;
  const lang = grammarOf(language);
  if (!ready.getLoadedLanguages().includes(lang)) return null;
  const { tokens } = ready.codeToTokens(text, { lang, theme: 'dark-plus', tokenizeMaxLineLength: maxLineChars });
  return tokens.map((line): ColouredLine => line.map(({ content, color }) => piece(content, color)));
};

function piece(text: string, color: string | undefined): Piece {
  const kind = kinds[color?.toUpperCase() ?? ''];
  return kind === undefined ? { text } : { text, kind };
}
