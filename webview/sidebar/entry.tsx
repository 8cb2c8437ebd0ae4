import type { CitationBadge, ConversationEntry } from '../../src/protocol/messages.ts';
import { describeResumed } from '../../src/runs/resumed-text.ts';
import type { RunState } from '../../src/runs/run-state.ts';
import { askForHelp } from '../shared/help.ts';
import type { Host } from '../shared/host.ts';
import { Icon } from '../shared/icon.tsx';
import { Markdown } from '../shared/markdown.tsx';
import { Notice } from '../shared/notice.tsx';
import { shownCitations } from '../shared/shown-citations.ts';
import { ignore } from '../shared/use-view.ts';
import type { RetryTimes } from '../shared/view-state.ts';
import { Evidence } from './evidence.tsx';
import { StatusLine } from './status-line.tsx';

export interface EntryProps {
  readonly entry: ConversationEntry;
  readonly run: RunState | undefined;
  readonly retries: RetryTimes;
  readonly badges: readonly CitationBadge[];
  readonly send: Host['send'];
}

/** One question with what came of it. */
export function Entry({ entry, run, retries, badges, send }: EntryProps) {
  const { runId, question, attachments, models, running } = entry;
  const shown = run === undefined ? [] : shownCitations(run, badges);
  const resumed = resumedText(run);
  return (
    <article aria-label={`Question: ${question.slice(0, 120)}`} aria-busy={running}>
      <h2 dir="auto">{question}</h2>
      {attachments.map(({ path, startLine, endLine }) => (
        <p class="attached muted" key={`${path}:${startLine}`}>
          <Icon name="file-code" />
          <bdi class="ellipsis" title={path}>{`${path}:${startLine}-${endLine}`}</bdi>
        </p>
      ))}
      {models !== '' && (
        <p class="attached muted" title={models}>
          <Icon name="sparkle" />
          <span class="ellipsis">{models}</span>
        </p>
      )}
      {resumed !== undefined && (
        <p class="attached muted" title={resumed}>
          <Icon name="history" />
          <span class="ellipsis">{resumed}</span>
        </p>
      )}
      {entry.folded ? (
        <button type="button" class="link" onClick={() => ignore(send('unfold', { runId }))}>
          Show answer
        </button>
      ) : (
        <StatusLine run={run} retries={retries} running={running} runId={runId} send={send} />
      )}
      {run !== undefined && !running && <Notice run={run} onHelp={(help) => askForHelp(send, runId, help)} />}
      {run !== undefined && run.answer !== '' && (
        <Markdown
          text={run.answer}
          citations={shown}
          onOpen={(index) => ignore(send('openCitation', { runId, index }))}
        />
      )}
      {run?.end !== undefined && <Evidence run={run} shown={shown} runId={runId} send={send} />}
    </article>
  );
}

/** How a follow-up goes on; `undefined` for a first question. */
function resumedText(run: RunState | undefined): string | undefined {
  const steps = run?.rootId === undefined ? [] : (run.agents.get(run.rootId)?.steps ?? []);
  const step = steps.find(({ kind }) => kind === 'resumed');
  return step?.kind === 'resumed' ? `Follow-up: ${describeResumed(step)}` : undefined;
}
