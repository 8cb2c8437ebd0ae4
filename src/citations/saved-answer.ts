import type { RunEnd } from '../engine-api.ts';
import { evidenceText } from '../runs/evidence.ts';
import { cost, duration, plural } from '../runs/format.ts';
import { countReasons, scopeText } from '../runs/left-out.ts';
import { type Anchor, anchorOf, type Hash } from './anchor.ts';
import type { Citation } from './citation.ts';
import { fenceAround, inertMarkdown, withoutControls } from './inert-markdown.ts';
import { formatRange } from './verify.ts';

/** What an answer that was saved says of itself (docs/saved-answers.md). */
export interface SavedFacts {
  readonly version: 1;
  readonly question: string;
  /** ISO 8601. */
  readonly date: string;
  readonly models: { readonly root: string; readonly sub: string };
  readonly calls: number;
  readonly costUsd: number | null;
  readonly outcome: string;
  readonly citations: readonly Anchor[];
}

export interface AnswerToSave {
  readonly question: string;
  /** Code that the question was about, as ranges. */
  readonly about: readonly string[];
  readonly models: SavedFacts['models'];
  readonly end: RunEnd;
  /** When it was answered, in milliseconds since the epoch. */
  readonly at: number;
}

/** An answer as a Markdown file: for people to read, and for `verify` and the language server to check. */
export function writeAnswer(answer: AnswerToSave, hash: Hash): string {
  const { question, about, end, at } = answer;
  const date = new Date(at).toISOString();
  const head = about.map((range) => `${inertLine(`About ${range}`)}\n\n`).join('');
  const parts = [`${inertLine(`# ${question}`)}\n\n${head}${inertMarkdown(end.answer).trim()}\n`];
  if (end.outcome !== 'answered') parts.push(`${inertLine(`> The run ended as ${end.outcome}: ${end.reason}`)}\n`);
  if (end.citations.length > 0) parts.push(`## Citations\n\n${end.citations.map(citationText).join('\n')}`);
  const { filesLoaded, filesTotal, leftOut, scope } = end.coverage;
  const limited = scope === undefined ? '' : `, ${inertMarkdown(oneLine(scopeText({ scope })))}`;
  const left = leftOut.length === 0 ? 'nothing left out' : `left out: ${countReasons(leftOut)}`;
  const looked = end.evidence === undefined ? '' : `${evidenceText(end.coverage, end.evidence)}. `;
  parts.push(`## Coverage\n\n${looked}${filesLoaded} of ${plural(filesTotal, 'file')} loaded${limited}; ${left}.\n`);
  parts.push(`${costLine(answer)} · ${date.slice(0, 10)}\n`);
  parts.push(writeFacts(factsOf(answer, date, hash)));
  return parts.join('\n');
}

function costLine({ models: { root, sub }, end }: AnswerToSave): string {
  const { modelCalls, costUsd } = end.usage;
  const models = root === sub ? root : `${root} with ${sub}`;
  return `${models} · ${plural(modelCalls, 'call')} · ${cost(costUsd)} · ${duration(end.timings.totalMs)}`;
}

function factsOf({ question, models, end }: AnswerToSave, date: string, hash: Hash): SavedFacts {
  const { modelCalls: calls, costUsd } = end.usage;
  const citations = end.citations
    .filter(({ status }) => status !== 'unverified')
    .map((citation) => anchorOf(citation, citation.quote.split('\n'), hash));
  return { version: 1, question, date, models, calls, costUsd, outcome: end.outcome, citations };
}

function citationText(citation: Citation): string {
  const { status, problem, quote } = citation;
  const about = problem === '' ? '' : `: ${problem}`;
  const head = `${inertLine(`- [${formatRange(citation)}] — ${status}${about}`)}\n`;
  if (quote === '') return head;
  const fence = fenceAround(quote);
  // What has a name of a language cannot end a block that the answer left open, and so let the quote out of its own.
  return `${head}\n${fence}text\n${withoutControls(quote)}\n${fence}\n`;
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Of a whole line: a fence is one at its beginning only. */
const inertLine = (line: string): string => inertMarkdown(oneLine(line));

const opening = '<!-- ask-codebase-answer';

/** One citation a line, so that changes of the file read well. What would end a comment is escaped. */
export function writeFacts({ citations, ...facts }: SavedFacts): string {
  const json = (value: unknown) => JSON.stringify(value).replaceAll('--', '-\\u002d').replaceAll('>', '\\u003e');
  const rows = citations.map(
    (anchor) => `\n  ${json({ ...anchor, lines: anchor.lines.join(' '), words: anchor.words.join(' ') })}`,
  );
  return `${opening}\n${json(facts).slice(0, -1)},"citations":[${rows.join(',')}]}\n-->\n`;
}
