import { oneLine } from './failure-help.ts';

/** A question that somebody keeps. Its text may hold `{{name}}` or `{{name: what to give}}`. */
export interface SavedQuestion {
  readonly title: string;
  readonly text: string;
  readonly from: 'user' | 'workspace';
}

export interface Placeholder {
  readonly name: string;
  /** What to give; empty when nothing is said. */
  readonly hint: string;
}

/** What a workspace brings along is bounded: it is read by people before it is asked. */
export const maxFiles = 50;
export const maxFileBytes = 16 * 1024;
const maxChars = 8000;
const maxPlaceholders = 10;

/** The person's own, from the setting: title → text. Values that are no text are left out. */
export function questionsOfSetting(value: unknown): readonly SavedQuestion[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([title, text]) =>
    typeof text === 'string' && text.trim() !== ''
      ? [{ title: oneLine(title, 80), text: text.trim().slice(0, maxChars), from: 'user' as const }]
      : [],
  );
}

/**
 * A file of `.ask-codebase/questions`: its first heading, or its name, is the title, the rest is the question.
 * @returns `undefined` when it asks nothing. Invisible and control characters are taken out: what is shown is what is asked.
 */
export function questionOfFile(name: string, content: string): SavedQuestion | undefined {
  const plain = content
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/(?![\n\t])[\p{C}\p{Zl}\p{Zp}]/gu, '');
  const heading = /^\s*#[ \t]+([^\n]+)\n?/.exec(plain);
  const text = (heading === null ? plain : plain.slice(heading[0].length)).trim().slice(0, maxChars);
  const title = oneLine(heading?.[1] ?? name.replace(/\.md$/i, '').replaceAll(/[-_]+/g, ' '), 80);
  return text === '' ? undefined : { title, text, from: 'workspace' };
}

const pattern = /\{\{\s*([\w-]{1,40})\s*(?::\s*([^{}\n]{0,200}?))?\s*\}\}/g;

/** Each once, in the order in which they come. */
export function placeholdersOf(text: string): readonly Placeholder[] {
  const found = new Map<string, string>();
  for (const [, name = '', hint = ''] of text.matchAll(pattern)) if (!found.get(name)) found.set(name, hint);
  return [...found].slice(0, maxPlaceholders).map(([name, hint]) => ({ name, hint }));
}

/** What was given is not looked into for further placeholders. Those that nothing was given for stay. */
export const fillIn = (text: string, given: ReadonlyMap<string, string>): string =>
  text.replace(pattern, (whole, name: string) => given.get(name) ?? whole);
