// biome-ignore-all lint/suspicious/noControlCharactersInRegex: control characters are what is replaced here.
/** Fences that stand in no list and no quotation, whatever else a text holds: all readers of Markdown agree on these. */
const plainFence =
  /^(`{3,}(?!`)(?![^\n]*`)|~{3,}(?!~))[^\n]*(?:\n[\s\S]*?(?:^ {0,3}\1[`~]*[ \t]*$|(?![\s\S]))|(?![\s\S]))/gm;
const codeSpan = /(?<!`)(`+)(?!`)([^\n]*?[^`\n])\1(?!`)/g;

/** Tags that load, hide or change what is around them, and any with attributes; comments and declarations. */
const tag =
  /<(?=[!?]|\/?(?:img|image|picture|source|video|audio|track|iframe|frame|object|embed|link|style|script|svg|math|base|meta|form|input|button|template|noscript|details|dialog|title|textarea|xmp|plaintext)\b|[a-z][\w-]*[\s/])/gi;
const image = /!(?=\[[^\n]*\]\s*[([:])/g;
/** Shows nothing, and keeps apart what would have a meaning together. */
const joiner = '\u2060';

/**
 * An answer as it leaves for places that draw Markdown with all that it has: nothing in it is fetched when it is shown, and it hides
 * nothing that follows. HTML and images are shown as they are written. Readers of Markdown differ in what they take for code; where
 * they may, code that holds such a tag gets an invisible sign in it.
 */
export function inertMarkdown(answer: string): string {
  const text = withoutControls(answer);
  let inert = '';
  let copied = 0;
  for (const fence of text.matchAll(plainFence)) {
    inert += proseOf(text.slice(copied, fence.index)) + closed(fence[0], fence[1] ?? '');
    copied = fence.index + fence[0].length;
  }
  return inert + proseOf(text.slice(copied));
}

/** What would move a terminal's cursor, or show text in another order than it is, as U+FFFD. */
export const withoutControls = (text: string): string =>
  text
    .replaceAll('\r\n', '\n')
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '\ufffd');

function proseOf(text: string): string {
  let inert = '';
  let copied = 0;
  for (const span of text.matchAll(codeSpan)) {
    inert += escaped(text.slice(copied, span.index)) + apart(span[0]);
    copied = span.index + span[0].length;
  }
  return inert + escaped(text.slice(copied));
}

const escaped = (text: string): string => text.replace(/<(?=[a-z/!?])/gi, '&lt;').replaceAll('![', '!\\[');
const apart = (code: string): string => code.replace(tag, `<${joiner}`).replace(image, `!${joiner}`);

const closed = (block: string, fence: string): string => {
  const lines = block.split('\n');
  const last = lines.at(-1)?.trim() ?? '';
  return lines.length > 1 && last.startsWith(fence) ? block : `${block}\n${fence}`;
};

/** A line of backticks longer than any in the code that it is to stand around. */
export function fenceAround(code: string): string {
  let longest = 2;
  for (const [ticks] of code.matchAll(/`+/g)) longest = Math.max(longest, ticks.length);
  return '`'.repeat(longest + 1);
}
