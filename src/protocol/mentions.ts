export const mentionKinds = ['file', 'folder', 'symbol'] as const;

export type MentionKind = (typeof mentionKinds)[number];

/** `#file:src/a.ts` in a question. Offsets are into the question. */
export interface Mention {
  readonly kind: MentionKind;
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** A name with white space in it stands in quotes. */
const pattern = /(?<![\w#])#(file|folder|symbol):(?:"([^"\n]*)"|([^\s"]*))/g;

/** What a question refers to. Punctuation that ends a sentence is not part of a name. */
export function parseMentions(question: string): readonly Mention[] {
  return [...question.matchAll(pattern)].flatMap((match) => {
    const [whole, kind, quoted, bare = ''] = match;
    const plain = bare.replace(/[.,;:!?)\]}]+$/, '');
    const name = quoted ?? plain;
    const end = match.index + whole.length - (quoted === undefined ? bare.length - plain.length : 0);
    const known = mentionKinds.find((one) => one === kind);
    return known === undefined || name === '' ? [] : [{ kind: known, name, start: match.index, end }];
  });
}

/** The mention that is being written where the cursor is: what completion is for. */
export function mentionAt(text: string, cursor: number): Omit<Mention, 'end'> | undefined {
  const match = /(?<![\w#])#(?:(file|folder|symbol):)?("[^"\n]*|[^\s":]*)$/.exec(text.slice(0, cursor));
  if (match === null) return undefined;
  const kind = mentionKinds.find((one) => one === match[1]) ?? 'file';
  return { kind, name: (match[2] ?? '').replace(/^"/, ''), start: match.index };
}

export const mentionText = (kind: MentionKind, name: string): string =>
  `#${kind}:${/\s/.test(name) || /[.,;:!?)\]}]$/.test(name) ? `"${name}"` : name}`;
