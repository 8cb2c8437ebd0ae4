import { abbreviationsOf } from './abbreviations.ts';
import { thingAskedFor, withoutAsides } from './asked-thing.ts';
import { joinedWords } from './joined-words.ts';
import { stem } from './stem.ts';
import { exactTerm, subWordsOf, type Vocabulary } from './vocabulary.ts';

/** What a query asks for, in an index's terms. */
export interface Question {
  /** Term → how often it is asked for. Words that no file has are in `unknown`. */
  readonly terms: ReadonlyMap<number, number>;
  /** Terms of identifiers, matched as they are written. */
  readonly exact: readonly number[];
  /** Terms of single words that are written as code: `quoted`, or called(). */
  readonly asCode: ReadonlySet<number>;
  /** Terms of what code writes for a term in short: of short questions, in which every word counts. */
  readonly abbreviations: ReadonlyMap<number, readonly number[]>;
  /** The terms in the order in which they stand in the query. */
  readonly sequence: readonly number[];
  readonly unknown: readonly string[];
  /** Identifiers that are written as code: `quoted`, called(), camelCase, snake_case. */
  readonly names: readonly string[];
  /** Every word of it counts. */
  readonly isShort: boolean;
  /** How each term is written in the query, for people. */
  readonly written: ReadonlyMap<number, string>;
  readonly aboutTests: boolean;
  readonly aboutDocs: boolean;
  readonly aboutData: boolean;
}

const stopWords = new Set(
  `the a an of to in is are was were be been being for and or nor not no but if then than so too very can could should would
  will may might must shall do does did done doing has have had having what how why where which who whom whose when that this
  these those there here it its they them their he she we us our you your i me my with without by on off from as at into onto
  about between among across through during after before while over under via per both either each other another such same
  different any all some more most many much several own only just also rather instead however within upon against please
  explain describe tell show`.split(/\s+/),
);

const word = /[\p{L}_$][\p{L}\p{N}_$]*|\d+/gu;

/** Questions of up to so many terms are short. */
const shortQuestion = 9;
/** What neighbours that code writes as one word count as that word. */
const joinedWeight = 0.5;

/** @param isDefined whether the code defines what an exact term names. */
export function parseQuestion(
  query: string,
  vocabulary: Vocabulary,
  isDefined: (exact: number) => boolean = () => false,
): Question {
  const text = withoutAsides(query);
  const thing = readWords(thingAskedFor(text), vocabulary);
  const read = thing.terms.size > 0 ? thing : readWords(text, vocabulary);
  const { exact, written } = read;
  const isShort = read.terms.size <= shortQuestion;
  for (const [term, as] of isShort ? joinedWords(text, vocabulary) : []) {
    if (read.terms.has(term)) continue;
    read.terms.set(term, joinedWeight);
    written.set(term, as);
  }
  for (const name of isShort ? capitalised(text) : []) {
    const term = vocabulary.term(exactTerm(name));
    if (term === undefined || !isDefined(term)) continue;
    exact.add(term);
    written.set(term, name);
  }
  const abbreviations = new Map(
    isShort ? Array.from(written, ([term, as]) => [term, inShort(stem(as), vocabulary)] as const) : [],
  );
  return { ...read, exact: [...exact], abbreviations, isShort, ...aboutOf(text) };
}

function readWords(text: string, vocabulary: Vocabulary) {
  const terms = new Map<number, number>();
  const exact = new Set<number>();
  const asCode = new Set<number>();
  const sequence: number[] = [];
  const unknown: string[] = [];
  const names = new Set<string>();
  const written = new Map<number, string>();
  const isCode = writtenAsCode(text);
  for (const [identifier] of text.matchAll(word)) {
    const parts = subWordsOf(identifier);
    const isSingle = parts.length === 1;
    if (parts.length > 1 || isCode.has(identifier)) names.add(identifier);
    const whole = isSingle && !isCode.has(identifier) ? undefined : vocabulary.term(exactTerm(identifier));
    if (whole !== undefined) {
      exact.add(whole);
      written.set(whole, identifier);
    }
    for (const part of parts) {
      const lower = part.toLowerCase();
      if (stopWords.has(lower) && isSingle && !isCode.has(identifier)) continue;
      const term = vocabulary.term(stem(lower)) ?? inShort(stem(lower), vocabulary)[0];
      if (term === undefined) {
        if (lower.length > 1) unknown.push(lower);
        continue;
      }
      terms.set(term, (terms.get(term) ?? 0) + 1);
      sequence.push(term);
      if (isSingle && isCode.has(identifier)) asCode.add(term);
      if (!written.has(term)) written.set(term, lower);
    }
  }
  return { terms, exact, asCode, sequence, unknown, names: [...names], written };
}

/** Identifiers in backquotes, and those that a parenthesis follows. */
const writtenAsCode = (text: string): ReadonlySet<string> =>
  new Set([...text.matchAll(/`([^`]+)`|([\w$]+)\(/g)].flatMap(([code]) => code.match(word) ?? []));

/** Words that have a capital though they begin no sentence: `the Column class`. */
const capitalised = (text: string): readonly string[] => text.match(/(?<=[^.?!:\s]\s+)[A-Z][a-z]{2,}(?![\w$])/g) ?? [];

const inShort = (stemmed: string, vocabulary: Vocabulary): readonly number[] =>
  abbreviationsOf(stemmed).flatMap((short) => vocabulary.term(short) ?? []);

const aboutOf = (text: string): Pick<Question, 'aboutTests' | 'aboutDocs' | 'aboutData'> => ({
  aboutTests: /\b(?:tests?|testing|tested|fixtures?|specs?|benchmarks?)\b|test_|Test[A-Z]|[a-z]Test\b/i.test(text),
  aboutDocs:
    /\b(?:docs?|documentation|document(?:ed|ing)?|readme|changelog|guide|tutorial|licen[sc]e|copyright|examples?)\b/i.test(
      text,
    ),
  aboutData:
    /\b(?:json|ya?ml|toml|xml|csv|ini|config(?:uration)?s?|settings?|dependenc(?:y|ies)|setup|build|ci|workflows?|packag\w+|manifest|css|style\w*)\b/i.test(
      text,
    ),
});
