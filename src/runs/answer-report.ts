import { inertMarkdown } from '../citations/inert-markdown.ts';
import { formatRange } from '../citations/verify.ts';
import type { RunEnd } from '../engine-api.ts';
import { evidenceText } from './evidence.ts';
import { cost, duration, fullCount, plural } from './format.ts';
import { countReasons, scopeText } from './left-out.ts';

/**
 * What a program that asked gets to read: the answer, the host's judgement of each citation, how completely was looked, what it took.
 * @param clean takes out what the place where it is shown must not get. Not to be done to the report: it has invisible signs of its own.
 */
export function answerReport(end: RunEnd, clean: (text: string) => string = (text) => text): string {
  const inertLine = (line: string) => inertMarkdown(clean(line).replace(/\s+/g, ' '));
  const parts = [inertMarkdown(clean(end.answer)).trim()];
  if (end.outcome !== 'answered') parts.push(inertLine(`The run ended as ${end.outcome}: ${end.reason}`));
  parts.push(citationList(end, inertLine), inertLine(`Evidence: ${evidenceSentence(end)}`), usageSentence(end));
  return parts.join('\n\n');
}

function citationList({ citations }: RunEnd, inertLine: (line: string) => string): string {
  if (citations.length === 0) return 'No citations: nothing in this answer was checked.';
  const lines = citations.map((citation) => {
    const { status, problem } = citation;
    return inertLine(`- [${formatRange(citation)}] ${status}${problem === '' ? '' : `: ${problem}`}`);
  });
  return `Citations, checked by code against the files:\n${lines.join('\n')}`;
}

/** `Searched 12 of 12 loaded files with … · 3 left out: 2 binary, 1 secret` */
export function evidenceSentence({ coverage, evidence }: Pick<RunEnd, 'coverage' | 'evidence'>): string {
  const { filesLoaded, filesTotal, leftOut } = coverage;
  const loaded = `${fullCount(filesLoaded)} of ${plural(filesTotal, 'file')} loaded`;
  const searched = evidence === undefined ? loaded : evidenceText(coverage, evidence);
  const left = leftOut.length === 0 ? '' : `${fullCount(leftOut.length)} left out: ${countReasons(leftOut)}`;
  return [searched, scopeText(coverage), left].filter((part) => part !== '').join(' · ');
}

function usageSentence({ usage, timings }: RunEnd): string {
  const tokens = plural(usage.promptTokens + usage.completionTokens, 'token');
  return `${plural(usage.modelCalls, 'model call')}, ${tokens}, ${cost(usage.costUsd)}, ${duration(timings.totalMs)}`;
}
