import { type ProjectIntent, projectIntent } from './project-intent.ts';
import { whole } from './whole-question.ts';

/** What a question wants, as far as its words tell. `count`: it asks how many. */
export type Intent =
  | {
      readonly kind: 'calls' | 'references' | 'definitions' | 'importers' | 'subtypes';
      readonly name: string;
      readonly count: boolean;
    }
  /** `path`: a file or folder it is limited to; empty: everywhere. */
  | { readonly kind: 'kinds'; readonly what: DefinitionKind; readonly path: string; readonly count: boolean }
  | { readonly kind: 'files'; readonly pattern: string; readonly count: boolean }
  | { readonly kind: 'lines'; readonly text: string; readonly count: boolean }
  | ProjectIntent
  /** `list`: it asks for a list or a number that no cell computes. */
  | { readonly kind: 'explain'; readonly ask: 'where' | 'how' | 'why' | 'what' | 'list' };

type DefinitionKind = 'function' | 'method' | 'class' | 'interface' | 'struct' | 'enum' | 'trait' | 'type';

const kindWord =
  '(?:function|method|class|constructor|symbol|macro|identifier|name|type|interface|struct|trait|variable|constant|module|package)';
const identifier = String.raw`\x60?([A-Za-z_$][\w$]*(?:(?:\.|::|#)[A-Za-z_$][\w$]*)*)\x60?(?:\(\))?(?:\s+${kindWord})?`;
const noun = String.raw`(?:the\s+)?(?:${kindWord}\s+)?`;
const every = String.raw`(?:list|show|find|name|give|enumerate|print|get)(?:\s+me)?\s+(?:all|every|each|the)?(?:\s+of)?(?:\s+the)?\s*`;
const many = String.raw`(?:how\s+many|count(?:\s+all|\s+every|\s+the)?|(?:what\s+is\s+)?the\s+number\s+of)\s+`;
const wish = `(?:${every}|${many}|(?:what|which)(?:\\s+are)?(?:\\s+all)?(?:\\s+the)?\\s+)`;

const calls = [
  whole(
    `${wish}(?:call[\\s-]?sites?|calls?|callers?|invocations?|(?:places|files|functions|methods)\\s+(?:that\\s+|which\\s+)?(?:call|invoke))(?:\\s+(?:are\\s+there|exist))?\\s*(?:of|to|for|does|do|has)?\\s+${noun}${identifier}(?:\\s+have)?`,
  ),
  whole(
    `(?:(?:in\\s+|from\\s+)?how\\s+many\\s+(?:times|places|files|functions)|how\\s+often)\\s+(?:is|are|does\\s+anything)\\s+${noun}${identifier}\\s+(?:called|invoked)(?:\\s+from)?`,
  ),
  whole(
    `how\\s+(?:many\\s+times|often)\\s+(?:do\\s+we|does\\s+(?:it|this|anything|the\\s+\\w+))\\s+(?:call|invoke)\\s+${noun}${identifier}`,
  ),
  whole(
    `${wish}(?:places|lines|files|functions)\\s+(?:where|in\\s+which|from\\s+which|from\\s+where|that)\\s+${noun}${identifier}\\s+(?:is|gets|are)\\s+(?:called|invoked)(?:\\s+from)?`,
  ),
  whole(`(?:what|who|which\\s+(?:functions?|methods?|code|files?))\\s+(?:calls?|invokes?)\\s+${noun}${identifier}`),
  whole(`(?:where|from\\s+where)\\s+(?:is|are)\\s+${noun}${identifier}\\s+(?:called|invoked)(?:\\s+from)?`),
];
const references = [
  whole(`${wish}(?:references?|uses?|usages?|occurrences?|mentions?)\\s+(?:of|to|for)\\s+${noun}${identifier}`),
  whole(`how\\s+(?:many\\s+times|often)\\s+is\\s+${noun}${identifier}\\s+(?:used|referenced|mentioned)`),
  whole(`where\\s+(?:is|are)\\s+${noun}${identifier}\\s+(?:used|referenced|mentioned)`),
  whole(`(?:what|who|which\\s+(?:files?|functions?|code))\\s+(?:uses?|references?)\\s+${noun}${identifier}`),
];
const definitions = [
  whole(`where\\s+(?:is|are)\\s+${noun}${identifier}\\s+(?:defined|declared|implemented)`),
  whole(`${wish}definitions?\\s+(?:of|for)\\s+${noun}${identifier}`),
];
const importers = [
  whole(`${wish}?(?:what|which|all|every)?\\s*(?:files?|modules?)?\\s*(?:that\\s+)?imports?\\s+${noun}${identifier}`),
  whole(`(?:what|who|which\\s+(?:files?|modules?))\\s+imports?\\s+${noun}${identifier}`),
];
const subtypes = [
  whole(
    `${wish}(?:sub-?classes|sub-?types|implementations|implementors|implementers|implementing\\s+classes|derived\\s+classes)\\s+(?:of|for)\\s+${noun}${identifier}`,
  ),
  whole(
    `${wish}(?:classes|types|structs)\\s+(?:that\\s+)?(?:extend|implement|inherit(?:\\s+from)?|derive\\s+from|subclass)s?\\s+${noun}${identifier}`,
  ),
  whole(
    `(?:what|which\\s+(?:classes|types|structs)?)\\s*(?:extends?|implements?|inherits?(?:\\s+from)?|derives?\\s+from|subclass(?:es)?)\\s+${noun}${identifier}`,
  ),
];
const kinds = whole(
  `${wish}(?:top-level\\s+|public\\s+)?(functions?|methods?|class(?:es)?|interfaces?|structs?|enums?|traits?|types?)(?:\\s+(?:are|is))?(?:\\s+(?:there|defined|declared))?(?:\\s+(?:in|of|under|inside)\\s+(?:the\\s+)?(?:file\\s+|folder\\s+|directory\\s+|module\\s+)?\x60?([\\w./-]*[/.][\\w./-]*)\x60?)?`,
);
const files = whole(`${wish}(?:(?!source\\s)(\\w[\\w+#.]*)\\s+)?(?:source\\s+)?files`);
const markers = [whole(`${wish}(TODO|FIXME|XXX|HACK)s?(?:\\s+comments?|\\s+markers?)?`)];
const lines = [
  whole(
    `${wish}(?:lines?|places|occurrences|matches)\\s+(?:that\\s+|which\\s+|where\\s+)?(?:of|with|contain(?:ing|s)?|match(?:ing)?|mention(?:ing)?|for)\\s+(?:the\\s+(?:text|string|word)\\s+)?["“\x60]([^"”\x60]+)["”\x60]`,
  ),
  whole(`how\\s+(?:many\\s+times|often)\\s+does\\s+["“\x60]([^"”\x60]+)["”\x60]\\s+(?:occur|appear)`),
];

/** Longer questions hold more than a list's name; the patterns would go over them again and again. */
const longestList = 300;

/** Reads a question. Whatever does not ask for a list or a number in so many words is to be explained. */
export function readIntent(asked: string): Intent {
  const question = asked.trim().replace(/("[^"]*"|“[^”]*”|`[^`]*`)|\s+/g, (_, quoted?: string) => quoted ?? ' ');
  if (question.length > longestList) return { kind: 'explain', ask: askIn(question) };
  const count = /\bhow\s+(?:many|often)\b|\bcount\b|\bnumber\s+of\b/i.test(question);
  const named = (['calls', 'references', 'definitions', 'importers', 'subtypes'] as const).map(
    (kind) => [kind, firstMatch({ calls, references, definitions, importers, subtypes }[kind], question)] as const,
  );
  for (const [kind, name] of named)
    if (name !== undefined && isName(name, question, kind)) return { kind, name, count };
  // A marker is asked for in any case, and written in capitals; a quoted text is taken as it is.
  const text = firstMatch(markers, question)?.toUpperCase() ?? firstMatch(lines, question);
  if (text !== undefined) return { kind: 'lines', text, count };
  const kind = kinds.exec(question);
  if (kind?.[1] !== undefined) return { kind: 'kinds', what: kindOf(kind[1]), path: pathIn(kind[2] ?? ''), count };
  const file = files.exec(question);
  if (file !== null) return { kind: 'files', pattern: (file[1] ?? '').toLowerCase(), count };
  return projectIntent(question) ?? { kind: 'explain', ask: askIn(question) };
}

function askIn(question: string): Extract<Intent, { kind: 'explain' }>['ask'] {
  if (/^(?:please )?(?:list|count|enumerate|how many)\b/i.test(question)) return 'list';
  const ask = /\b(where|how|why)\b/i.exec(question)?.[1]?.toLowerCase();
  return ask === 'where' || ask === 'how' || ask === 'why' ? ask : 'what';
}

/** Paths of a workspace do not begin with `./`, and a full stop is the sentence's. */
const pathIn = (text: string): string => text.replace(/^(?:\.\/)+|\.+$/g, '');

function firstMatch(patterns: readonly RegExp[], question: string): string | undefined {
  for (const pattern of patterns) {
    const found = pattern.exec(question)?.[1];
    if (found !== undefined) return found;
  }
  return undefined;
}

const words = new Set(
  'the a an it this that them are is what who whom code error errors data there used called defined all every'.split(
    ' ',
  ),
);

/** A plain English word is taken for a name only where it can be nothing else: written as code, or said to be a function, class, … */
function isName(name: string, question: string, kind: string): boolean {
  if (words.has(name.toLowerCase())) return false;
  const escaped = name.replace(/\$/g, '\\$');
  const isWritten = new RegExp(
    `\x60${escaped}|\\b${escaped}\\(|${kindWord}\\s+${escaped}\\b|\\b${escaped}\\s+${kindWord}`,
  ).test(question);
  const looksLikeCode = /[_$.:]|[a-z][A-Z]|^[A-Z]|\d/.test(name);
  return isWritten || looksLikeCode || kind === 'calls' || kind === 'importers';
}

const kindOf = (word: string): DefinitionKind => {
  const lower = word.toLowerCase().replace(/^classes$/, 'class');
  return (lower === 'class' ? lower : lower.replace(/s$/, '')) as DefinitionKind;
};
