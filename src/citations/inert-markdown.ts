// biome-ignore-all lint/suspicious/noControlCharactersInRegex: control characters are what is replaced here.
import { partsOf } from './fenced-parts.ts';

const codeSpan = /(?<!`)(`+)(?!`)([^\n]*?[^`\n])\1(?!`)/g;

/** Tags that load, hide or change what is around them, and any with attributes; comments and declarations. */
const tag =
  /<(?=[!?]|\/?(?:img|image|picture|source|video|audio|track|iframe|frame|object|embed|link|style|script|svg|math|base|meta|form|input|button|template|noscript|details|dialog|title|textarea|xmp|plaintext)\b|[a-z][\w-]*[\s/])/gi;
const image = /!(?=\[)/g;
/** But not a macro's brackets, `vec![1]`, where nothing is defined that `[1]` could stand for. */
const imageWithAddress = /!(?=\[)(?!\[(?:[^[\]\n]|\[[^[\]\n]*\])*\](?!\s*[([:]))/g;
/** Shows nothing, and keeps apart what would have a meaning together. */
const joiner = '\u2060';

/**
 * An answer as it leaves for places that draw Markdown with all that it has: nothing in it is fetched when it is shown, and it hides
 * nothing that follows. HTML and images are shown as they are written. Readers of Markdown differ in what they take for code; where
 * they may, code that holds such a tag gets an invisible sign in it.
 */
export function inertMarkdown(answer: string): string {
  const text = withoutControls(answer);
  const apart = joinerIn(text.includes(']:') ? image : imageWithAddress);
  let inert = '';
  for (const part of partsOf(text)) {
    if (part.kind === 'prose') inert += proseOf(part.text, apart);
    else if (part.kind === 'unsure') inert += apart(part.text);
    else inert += part.closed ? part.text : `${part.text}\n${part.fence}`;
  }
  return inert;
}

/** What would move a terminal's cursor, show text in another order than it is, or ends a line for some readers only, as U+FFFD. */
export const withoutControls = (text: string): string =>
  text
    .replaceAll('\r\n', '\n')
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g, '\ufffd');

function proseOf(text: string, apart: (code: string) => string): string {
  let inert = '';
  let copied = 0;
  for (const span of text.matchAll(codeSpan)) {
    inert += escaped(text.slice(copied, span.index)) + apart(span[0]);
    copied = span.index + span[0].length;
  }
  return inert + escaped(text.slice(copied));
}

const escaped = (text: string): string => text.replace(/<(?=[a-z/!?])/gi, '&lt;').replaceAll('![', '!\\[');
const joinerIn =
  (images: RegExp) =>
  (code: string): string =>
    code.replace(tag, `<${joiner}`).replace(images, `!${joiner}`);

/** A line of backticks longer than any in the code that it is to stand around. */
export function fenceAround(code: string): string {
  let longest = 2;
  for (const [ticks] of code.matchAll(/`+/g)) longest = Math.max(longest, ticks.length);
  return '`'.repeat(longest + 1);
}
