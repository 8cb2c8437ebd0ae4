import type { RunEvent } from './events.ts';
import { fieldsOf, isRecord, isTextRef, type TextRef, wrongField } from './log-shapes.ts';

/** Texts longer than this live in files of their own. */
const inlineChars = 4096;

export interface EncodedEvent {
  /** One line of JSON, without its newline. */
  readonly line: string;
  /** Hash → text, for the large ones. */
  readonly texts: ReadonlyMap<string, string>;
}

export interface EncodeOptions {
  readonly redact: (text: string) => string;
  readonly hash: (text: string) => string;
}

/** An event as a line of the log: secrets gone, large texts replaced by references. */
export function encodeEvent(event: RunEvent, { redact, hash }: EncodeOptions): EncodedEvent {
  const texts = new Map<string, string>();
  const line = JSON.stringify(event, (_, value: unknown) => {
    if (typeof value !== 'string') return value;
    const text = redact(value);
    // UTF-8 cannot hold half a surrogate pair; JSON can.
    if (text.length <= inlineChars || !text.isWellFormed()) return text;
    const $text = hash(text);
    texts.set($text, text);
    return { $text, chars: text.length } satisfies TextRef;
  });
  return { line, texts };
}

/** What was wrong with a log. Lines count from 1. */
export type Damage =
  | { readonly kind: 'cut-line'; readonly line: number }
  | { readonly kind: 'bad-line'; readonly line: number; readonly problem: string }
  | { readonly kind: 'unknown-event'; readonly line: number; readonly type: string }
  /** The event is kept, with a note in place of the text. */
  | { readonly kind: 'lost-text'; readonly line: number; readonly hash: string; readonly problem: string };

export type DecodedLine =
  | { readonly kind: 'event'; readonly value: Readonly<Record<string, unknown>>; readonly refs: readonly TextRef[] }
  | { readonly kind: 'bad'; readonly problem: string }
  | { readonly kind: 'unknown'; readonly type: string };

/** Reads a line as far as it goes without its texts: `refs` says which it needs. */
export function decodeLine(line: string): DecodedLine {
  const refs: TextRef[] = [];
  let value: unknown;
  try {
    value = JSON.parse(line, (_, part: unknown) => {
      if (isTextRef(part)) refs.push(part);
      return part;
    });
  } catch {
    return { kind: 'bad', problem: 'not JSON' };
  }
  if (!isRecord(value) || typeof value.type !== 'string') return { kind: 'bad', problem: 'not an event' };
  const fields = Object.hasOwn(fieldsOf, value.type) ? fieldsOf[value.type] : undefined;
  if (fields === undefined) return { kind: 'unknown', type: value.type };
  const wrong = wrongField(value, fields);
  return wrong === undefined
    ? { kind: 'event', value, refs }
    : { kind: 'bad', problem: `${value.type} without a proper ${wrong}` };
}

/** Puts the texts back where their references stand. */
export function resolveTexts(value: unknown, text: (ref: TextRef) => string): unknown {
  if (isTextRef(value)) return text(value);
  if (Array.isArray(value)) return value.map((item) => resolveTexts(item, text));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolveTexts(item, text)]));
}
