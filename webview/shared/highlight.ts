import { createCssVariablesTheme, createHighlighterCore, type HighlighterCore } from 'shiki/core';
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript';
import c from 'shiki/langs/c.mjs';
import css from 'shiki/langs/css.mjs';
import go from 'shiki/langs/go.mjs';
import java from 'shiki/langs/java.mjs';
import json from 'shiki/langs/json.mjs';
import python from 'shiki/langs/python.mjs';
import rust from 'shiki/langs/rust.mjs';
import shell from 'shiki/langs/shellscript.mjs';
import tsx from 'shiki/langs/tsx.mjs';
import yaml from 'shiki/langs/yaml.mjs';

export type HighlightedLine = readonly { readonly content: string; readonly color?: string }[];

/** Colours are CSS variables, set for each kind of VS Code theme in theme.css. */
const theme = createCssVariablesTheme({ name: 'vscode', variablePrefix: '--code-', fontStyle: false });

const aliases: Readonly<Record<string, string>> = {
  ...{
    ts: 'tsx',
    typescript: 'tsx',
    typescriptreact: 'tsx',
    js: 'tsx',
    javascript: 'tsx',
    javascriptreact: 'tsx',
    jsx: 'tsx',
    mjs: 'tsx',
    mts: 'tsx',
    cjs: 'tsx',
  },
  ...{
    py: 'python',
    repl: 'python',
    pyi: 'python',
    rs: 'rust',
    sh: 'shellscript',
    bash: 'shellscript',
    zsh: 'shellscript',
    yml: 'yaml',
  },
  ...{
    h: 'c',
    cc: 'c',
    cpp: 'c',
    hpp: 'c',
    cxx: 'c',
    cs: 'java',
    kt: 'java',
    scala: 'java',
    swift: 'java',
    jsonc: 'json',
    scss: 'css',
    less: 'css',
  },
};

const maxChars = 60_000;
let highlighter: Promise<HighlighterCore> | undefined;

/** @returns `null` for a language that is not known and for text too long to colour while someone waits. */
export async function highlight(text: string, language: string): Promise<readonly HighlightedLine[] | null> {
  if (language === '' || text.length > maxChars) return null;
  highlighter ??= createHighlighterCore({
    themes: [theme],
    langs: [tsx, python, go, rust, java, c, json, yaml, shell, css],
    engine: createJavaScriptRegexEngine({ forgiving: true }),
  });
  const ready = await highlighter;
  const name = aliases[language.toLowerCase()] ?? language.toLowerCase();
  if (!ready.getLoadedLanguages().includes(name)) return null;
  return ready
    .codeToTokens(text, { lang: name, theme: 'vscode' })
    .tokens.map((line) => line.map(({ content, color }) => (color === undefined ? { content } : { content, color })));
}

/** The language of a file, as its name tells. */
export const languageOf = (path: string): string => /\.([A-Za-z0-9]+)$/.exec(path)?.[1] ?? '';
