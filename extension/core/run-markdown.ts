import type { Citation } from '../../src/citations/citation.ts';
import { formatRange } from '../../src/citations/verify.ts';
import type { RunEnd } from '../../src/engine-api.ts';
import type { ConversationEntry } from '../../src/protocol/messages.ts';
import { evidenceText } from '../../src/runs/evidence.ts';
import { cost, duration, plural } from '../../src/runs/format.ts';
import { countReasons } from '../../src/runs/left-out.ts';
import type { RunState } from '../../src/runs/run-state.ts';

/** An answered question as a document of its own. */
export function runMarkdown(
  { question, attachments }: Pick<ConversationEntry, 'question' | 'attachments'>,
  state: RunState,
  end: RunEnd,
): string {
  const about = attachments.map((one) => `About ${formatRange(one)}\n\n`).join('');
  const parts = [`# ${question.replace(/\s+/g, ' ').trim()}\n\n${about}${end.answer.trim()}\n`];
  if (end.outcome !== 'answered') parts.push(`> The run ended as ${end.outcome}: ${end.reason.replace(/\s+/g, ' ')}\n`);
  if (end.citations.length > 0) parts.push(`## Citations\n\n${end.citations.map(citationText).join('\n')}`);
  const { filesLoaded, filesTotal, leftOut } = end.coverage;
  const left = leftOut.length === 0 ? 'nothing left out' : `left out: ${countReasons(leftOut)}`;
  const looked = end.evidence === undefined ? '' : `${evidenceText(end.coverage, end.evidence)}. `;
  parts.push(`## Coverage\n\n${looked}${filesLoaded} of ${plural(filesTotal, 'file')} loaded; ${left}.\n`);
  const { modelCalls, costUsd } = end.usage;
  const { root, sub } = state.models;
  const models = root === sub ? root : `${root} with ${sub}`;
  parts.push(`${models} · ${plural(modelCalls, 'call')} · ${cost(costUsd)} · ${duration(end.timings.totalMs)}\n`);
  return parts.join('\n');
}

function citationText(citation: Citation): string {
  const { status, problem, quote } = citation;
  const head = `- ${formatRange(citation)} — ${status}${problem === '' ? '' : `: ${problem}`}\n`;
  if (quote === '') return head;
  const fence = '`'.repeat(Math.max(3, ...(quote.match(/`+/g) ?? []).map((run) => run.length + 1)));
  return `${head}\n${fence}\n${quote}\n${fence}\n`;
}
