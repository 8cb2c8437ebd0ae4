import type { Citation } from '../citations/citation.ts';
import { parseCitations } from '../citations/parse.ts';
import { formatRange } from '../citations/verify.ts';
import type { RunEnd } from '../engine-api.ts';
import { evidenceText } from '../runs/evidence.ts';
import { byteSize, cost, duration, fullCount, plural } from '../runs/format.ts';
import { countReasons, scopeText } from '../runs/left-out.ts';
import type { Coverage } from '../workspace/snapshot.ts';
import { type Paint, span } from './paint.ts';
import { sanitize, sanitizeLine } from './sanitize.ts';
import { badges, snippetLines } from './snippet.ts';

/** Citations shown with their lines; the rest is listed without. */
const shownSnippets = 20;

export interface AnswerOptions {
  readonly columns: number;
  readonly paint: Paint;
  /** Where the run's log is; `undefined` when it could not be written. */
  readonly log: string | undefined;
}

/** What a run came to, for people: answer, cited lines, what was searched, what it took. */
export function answerText(end: RunEnd, { columns, paint, log }: AnswerOptions): string {
  const answer = sanitize(withBadges(end.answer, end.citations)).trim();
  const footer = [evidenceLine(end), usageLine(end), ...(log === undefined ? [] : [`Log: ${sanitize(log)}`])];
  const parts = [
    withHeadings(answer, paint),
    citationLines(end, columns, paint).join('\n'),
    footer.map((line) => paint(span(line, 'dim'))).join('\n'),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** Puts each citation's sign into its brackets: `[src/a.ts:3-9 ✓]`. */
function withBadges(answer: string, citations: readonly Citation[]): string {
  const byRange = new Map(citations.map((citation) => [formatRange(citation), citation]));
  let marked = '';
  let copied = 0;
  for (const cited of parseCitations(answer)) {
    const citation = byRange.get(formatRange(cited));
    if (citation === undefined) continue;
    marked += `${answer.slice(copied, cited.end)} ${badges[citation.status].sign}`;
    copied = cited.end;
  }
  return marked + answer.slice(copied);
}

const withHeadings = (text: string, paint: Paint): string =>
  text.replace(/^#{1,6} .+$/gm, (heading) => paint(span(heading, 'bold')));

function citationLines({ citations, outcome }: RunEnd, columns: number, paint: Paint): readonly string[] {
  if (citations.length === 0) {
    const isAnswer = outcome === 'answered' || outcome === 'exhausted';
    return isAnswer ? [paint(span('No citations: nothing in this answer was checked.', 'warn'))] : [];
  }
  const title = `${plural(citations.length, 'citation')}: ${countStatuses(citations)}`;
  const whole = citations.slice(0, shownSnippets).flatMap((citation) => snippetLines(citation, columns, paint));
  const bare = citations.slice(shownSnippets).flatMap((one) => snippetLines({ ...one, quote: '' }, columns, paint));
  return [paint(span(title, 'bold')), ...whole, ...bare];
}

function countStatuses(citations: readonly Citation[]): string {
  const statuses = ['verified', 'moved', 'unverified'] as const;
  return statuses
    .map((status) => [citations.filter((citation) => citation.status === status).length, status] as const)
    .filter(([n]) => n > 0)
    .map(([n, status]) => `${n} ${status}`)
    .join(', ');
}

/** The completeness evidence: what was searched, what was found and looked at, and what was not there to be searched. */
export function evidenceLine({ coverage, evidence }: Pick<RunEnd, 'coverage' | 'evidence'>): string {
  const done = evidence === undefined ? '' : `${evidenceText(coverage, evidence)}. `;
  return `${done}${coverageLine(coverage)}`;
}

function coverageLine({ filesLoaded, filesTotal, bytesLoaded, leftOut, scope }: Coverage): string {
  const limited = scope === undefined ? '' : `, ${sanitizeLine(scopeText({ scope }))}`;
  const loaded = `Loaded ${fullCount(filesLoaded)} of ${plural(filesTotal, 'file')} (${byteSize(bytesLoaded)})${limited}`;
  if (leftOut.length === 0) return `${loaded}; nothing left out.`;
  return `${loaded}; ${fullCount(leftOut.length)} left out: ${countReasons(leftOut)} (--json lists them).`;
}

/** What a provider could read from its cache, as the prompts were, and what it says it did. */
function cacheText({ prefixShare, cachedTokens, promptTokens }: RunEnd['usage']): string {
  if (prefixShare === undefined) return '';
  const read = cachedTokens > 0 ? `, ${percent(cachedTokens / promptTokens)} read from cache` : '';
  return ` (${percent(prefixShare)} of follow-up prompts unchanged${read})`;
}

const percent = (share: number): string => `${Math.floor(share * 100)}%`;

function usageLine({ usage, timings }: RunEnd): string {
  const tokens = `${plural(usage.promptTokens + usage.completionTokens, 'token')}`;
  const spent = `${plural(usage.modelCalls, 'model call')}, ${tokens}${cacheText(usage)}, ${cost(usage.costUsd)}`;
  return `${spent}, ${duration(timings.totalMs)}`;
}
