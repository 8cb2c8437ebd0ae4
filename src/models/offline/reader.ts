/** The lines of a passage that bear on a question, as the offline sub-agent reports them. */
export interface ReadingNote {
  /** 0 to 10. */
  readonly relevance: number;
  readonly start: number;
  readonly end: number;
  readonly why: string;
}

interface NumberedLine {
  readonly number: number;
  readonly text: string;
}

const maxExcerpt = 16;

/** Reads a passage without a model: the window of lines that covers most of the question's words, definitions first. */
export function readPassage(question: string, passage: string): ReadingNote {
  const lines = numberedLines(passage);
  const stems = stemsOf(question);
  const first = lines[0]?.number ?? 1;
  if (stems.length === 0 || lines.length === 0)
    return { relevance: 0, start: first, end: first, why: 'no words to look for' };
  const windows = windowStarts(lines).map((start) => excerpt(lines, start));
  const scored = windows.map((window) => ({ window, score: scoreOf(window, stems) }));
  const best = scored.reduce((a, b) => (b.score > a.score ? b : a));
  const relevance = Math.min(10, Math.round((10 * best.score) / (2 * stems.length)));
  const start = best.window[0]?.number ?? first;
  const end = best.window.at(-1)?.number ?? start;
  return { relevance, start, end, why: explain(best.window, stems) };
}

/** As `read()` prints them. */
function numberedLines(passage: string): readonly NumberedLine[] {
  return passage.split('\n').flatMap((line) => {
    const match = /^ *(\d+)(?: {2}(.*))?$/.exec(line);
    return match === null ? [] : [{ number: Number(match[1]), text: match[2] ?? '' }];
  });
}

const definition =
  /^\s*(?:(?:export|default|declare|pub(?:\([^)]*\))?|public|private|protected|internal|static|final|abstract|async|unsafe|override|readonly)\s+)*(?:class|def|function\*?|func|fn|struct|enum|union|trait|interface|impl|type|module|namespace|const|let|var|val|record|object)\s+(?:\([^)]*\)\s*)?([A-Za-z_$][\w$]*)/;
const comment = /^\s*(?:\/\/+[!/]?|\/\*\*?|\*(?!\/)|#+(?!\[|include|define)|--|"""|''')\s?(.*?)(?:\*\/|""")?\s*$/;

/** Windows start at definitions (with the comment above them) and at paragraphs. */
function windowStarts(lines: readonly NumberedLine[]): readonly number[] {
  const starts = new Set([0]);
  lines.forEach(({ text }, at) => {
    if (definition.test(text)) starts.add(withCommentAbove(lines, at));
    else if (at > 0 && lines[at - 1]?.text.trim() === '' && text.trim() !== '') starts.add(at);
  });
  return [...starts];
}

function withCommentAbove(lines: readonly NumberedLine[], at: number): number {
  let start = at;
  while (start > 0 && comment.test(lines[start - 1]?.text ?? '')) start--;
  return start;
}

function excerpt(lines: readonly NumberedLine[], start: number): readonly NumberedLine[] {
  const window: NumberedLine[] = [];
  for (const line of lines.slice(start, start + maxExcerpt)) {
    const blankAfterEnough = line.text.trim() === '' && window.length >= 4;
    if (blankAfterEnough) break;
    window.push(line);
  }
  while (window.at(-1)?.text.trim() === '') window.pop();
  return window;
}

function scoreOf(window: readonly NumberedLine[], stems: readonly string[]): number {
  const words = new Set(window.flatMap((line) => wordsOf(line.text)));
  const named = new Set(window.flatMap((line) => wordsOf(definition.exec(line.text)?.[1] ?? '')));
  const has = (set: ReadonlySet<string>, stem: string) => [...set].some((word) => word.startsWith(stem));
  return stems.reduce((sum, stem) => sum + (has(words, stem) ? 1 : 0) + (has(named, stem) ? 1 : 0), 0);
}

function explain(window: readonly NumberedLine[], stems: readonly string[]): string {
  const name = window.map((line) => definition.exec(line.text)?.[1]).find((found) => found !== undefined);
  const said = firstSentence(window.flatMap((line) => comment.exec(line.text)?.[1] ?? []).join(' '));
  if (name !== undefined && said !== '') return `\`${name}\`: ${said}`;
  if (name !== undefined) return `defines \`${name}\`.`;
  if (said !== '') return said;
  const words = new Set(window.flatMap((line) => wordsOf(line.text)));
  const mentioned = stems.filter((stem) => [...words].some((word) => word.startsWith(stem)));
  return mentioned.length === 0
    ? 'stands near a match.'
    : `mentions ${mentioned.map((stem) => `“${stem}”`).join(', ')}.`;
}

function firstSentence(text: string): string {
  const folded = text
    .replace(/[[\]`]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  const sentence = /^.{15,240}?[.!?](?=\s|$)/.exec(folded)?.[0] ?? folded.slice(0, 240);
  return sentence.length < 15 ? '' : sentence;
}

const stopWords = new Set(
  'a an and any are as at be been by can could did do does for from had has have how i if in into is it its me my no not of on or our should so that the their them then there these they this those to us was we were what when where which who whom whose why will with would you your'.split(
    ' ',
  ),
);

function stemsOf(question: string): readonly string[] {
  const words = wordsOf(question).filter((word) => word.length > 2 && !stopWords.has(word));
  return [...new Set(words.map(stemOf))];
}

function stemOf(word: string): string {
  const stem = word.replace(/(?:ies|ied|ing|ed|es|s|e|y)$/, '');
  return stem.length > 2 ? stem : word;
}

/** Lower-case words, identifiers split into their parts. */
function wordsOf(text: string): readonly string[] {
  const parts = text.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? [];
  return parts.map((part) => part.toLowerCase());
}
