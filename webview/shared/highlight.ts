import { type ColouredLine, type Colourer, colourerName } from './coloured.ts';

// The script that runs now: highlight.js lies beside it, and its nonce is the one that the policy lets through.
const page = document.currentScript instanceof HTMLScriptElement ? document.currentScript : null;
const source = page?.src ?? '';
const nonce = page?.nonce ?? '';

let loading: Promise<Colourer | null> | undefined;

/** Code comes in colours a moment after it is shown; the view does not wait for the grammars to be read. */
function load(): Promise<Colourer | null> {
  loading ??= new Promise((resolve) => {
    const script = document.createElement('script');
    script.nonce = nonce;
    script.src = new URL('highlight.js', source).href;
    script.onload = () => resolve((globalThis as unknown as Record<string, Colourer>)[colourerName] ?? null);
    script.onerror = () => resolve(null);
    document.head.append(script);
  });
  return loading;
}

const maxLines = 2000;
const maxChars = 200_000;
const kept = 300;
const done = new Map<string, readonly ColouredLine[]>();

const keyOf = (text: string, language: string) => `${language}\n${text}`;

/** What is known already. */
export const coloured = (text: string, language: string): readonly ColouredLine[] | undefined =>
  done.get(keyOf(text, language));

/** @returns `null` for a language that is not known, and for text too long to colour while someone waits. */
export async function colour(text: string, language: string): Promise<readonly ColouredLine[] | null> {
  // A page of its own has one script, without address, and no grammars.
  if (source === '' || language === '' || text.length > maxChars || text.split('\n').length > maxLines) return null;
  const colourer = await load();
  const lines = (await colourer?.(text, language)) ?? null;
  if (lines === null) return null;
  if (done.size >= kept) done.delete(done.keys().next().value ?? '');
  done.set(keyOf(text, language), lines);
  return lines;
}

/** The language of a file, as its name tells. */
export const languageOf = (path: string): string =>
  /(?:^|\/)(Dockerfile|Makefile)$/.exec(path)?.[1] ?? /\.([A-Za-z0-9+]+)$/.exec(path)?.[1] ?? '';
