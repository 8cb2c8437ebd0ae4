import type { Block } from './passage-lines.ts';

const maxNames = 4;
const comment = /^\s*(?:\/\/+[!/]?|\/\*\*?|\*(?!\/)|#+(?!\[|!|include|define)|--|"""|''')\s?(.*?)(?:\*\/|"""|''')?\s*$/;

/** What a definition does, in a sentence or two: what its comment says, then what it visibly does. */
export function describeBlock(block: Block): string {
  return [commentOf(block), doings(block)].filter((sentence) => sentence !== '').join(' ');
}

/** The first sentence of the comment above a definition or of the docstring at its start. */
function commentOf({ lines, at }: Block): string {
  const above = lines.slice(0, at).map(({ text }) => text);
  const said = firstSentence(above);
  if (said !== '') return said;
  const body = lines.slice(at + 1).map(({ text }) => text);
  const opening = body.findIndex((text) => /^\s*[rbu]?(?:"""|''')/i.test(text));
  if (opening === -1 || opening > 8) return '';
  const quote = /"""|'''/.exec(body[opening] ?? '')?.[0] ?? '"""';
  const rest = [(body[opening] ?? '').replace(/^\s*[rbuRBU]?(?:"""|''')/, ''), ...body.slice(opening + 1)];
  const end = rest.findIndex((text) => text.includes(quote));
  const doc = rest.slice(0, end === -1 ? 6 : end + 1).map((text) => text.replaceAll(quote, ''));
  const paragraph = doc.findIndex((text, index) => index > 0 && text.trim() === '' && doc[0]?.trim() !== '');
  return sentenceIn((paragraph === -1 ? doc : doc.slice(0, paragraph)).join(' '));
}

function firstSentence(lines: readonly string[]): string {
  const texts = lines.flatMap((line) => comment.exec(line)?.[1] ?? []);
  return sentenceIn(
    texts.filter((text) => !/^[@\\]\w|^\s*$|copyright|licen[sc]e|eslint|prettier|noqa|type:/i.test(text)).join(' '),
  );
}

/** Plain words: what would be a citation, a link or code in the answer is taken out of a comment. */
export function sentenceIn(text: string): string {
  const plain = text
    .trim()
    // A comment that begins with a sample of what comes out.
    .replace(/^`([^`]* [^`]*)`/, 'for example $1')
    .replace(/:\w+:`~?([^`]*)`/g, '$1')
    .replace(/\{@\w+ ([^}]*)\}|<\/?[a-z][^>]*>/g, '$1')
    .replace(/[[\]`"“”*]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  const sentence = /^.{12,260}?[.!?](?=\s|$)/.exec(plain)?.[0] ?? plain.slice(0, 200);
  if (sentence.length < 12) return '';
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}${plain.length > sentence.length ? ' …' : '.'}`;
}

/** `It calls a and b, raises C and returns d.` */
function doings({ name, lines, at }: Block): string {
  const code = lines
    .slice(at + 1)
    .map(({ text }) => text)
    .join('\n')
    .replace(/("""|''')[\s\S]*?(?:\1|$)/g, '')
    .replace(/^\s*(?:\/\/|\/?\*|#|--).*$/gm, '')
    .replace(definingLine, '')
    .replace(/"[^"\n]*"|'[^'\n]*'/g, '""');
  const raised = names(code, /\b(?:raise|throw(?: new)?)\s+([A-Z][\w.]*)/g);
  const called = names(code, /(?<![\w@.])(?:self\.|this\.|cls\.)?([A-Za-z_]\w{3,})\s*\(/g).filter(
    (one) => one !== name && !raised.includes(one) && !plainWords.has(one),
  );
  const returned = names(code, /\breturn (?:new )?([A-Za-z_][\w.]*)\s*(?:\(|;?$)/gm).filter(
    (one) => one.length > 3 && !/^(?:true|false|null|none|self|this|undefined)$/i.test(one),
  );
  const parts = [
    ...(called.length > 0 ? [`calls ${listed(called)}`] : []),
    ...(raised.length > 0 ? [`raises ${listed(raised)}`] : []),
    ...(called.length === 0 && returned.length > 0 ? [`returns ${listed(returned)}`] : []),
  ];
  return parts.length === 0 ? '' : `It ${parts.join(parts[0]?.includes(' and ') ? ', and ' : ' and ')}.`;
}

/** A method's head looks like a call. */
const definingLine =
  /^\s*(?:(?:async\s+)?(?:def|fn|func|function)\b.*|(?:(?:public|private|protected|static|async|override|final)\s+)*(?!if|for|while|switch|catch|return)\w+\s*\([^)]*\)\s*(?::[^{]*)?\{\s*)$/gm;

const plainWords = new Set(
  'return print super while switch catch isinstance hasattr getattr setattr range enumerate list dict tuple float sorted repr type assert sizeof await with lambda elif except function filter'.split(
    ' ',
  ),
);

const names = (code: string, expression: RegExp): readonly string[] => [
  ...new Set([...code.matchAll(expression)].flatMap((match) => match[1] ?? [])),
];

function listed(all: readonly string[]): string {
  const shown = all.slice(0, maxNames).map((one) => `\`${one}\``);
  if (all.length > maxNames) return `${shown.join(', ')} and others`;
  return shown.length === 1 ? (shown[0] ?? '') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}
