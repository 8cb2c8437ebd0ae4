import type { CitationBadge, ConversationEntry } from '../../src/protocol/messages.ts';
import { fullCount, plural } from '../../src/runs/format.ts';
import type { RunState } from '../../src/runs/run-state.ts';
import { shownCitations } from '../shared/badge.tsx';
import type { Host } from '../shared/host.ts';
import { Icon, IconButton } from '../shared/icon.tsx';
import { Markdown } from '../shared/markdown.tsx';
import { figuresOf, stateOf } from '../shared/status.ts';
import { ignore, useNow } from '../shared/use-view.ts';

interface EntryProps {
  readonly entry: ConversationEntry;
  readonly run: RunState | undefined;
  readonly badges: readonly CitationBadge[];
  readonly send: Host['send'];
}

/** One question with what came of it. */
export function Entry({ entry, run, badges, send }: EntryProps) {
  const { runId, question, attachments, running } = entry;
  return (
    <article aria-label={`Question: ${question.slice(0, 120)}`} aria-busy={running}>
      <h2 dir="auto">{question}</h2>
      {attachments.map(({ path, startLine, endLine }) => (
        <p class="muted" key={path}>
          <Icon name="file-code" /> <bdi>{`${path}:${startLine}-${endLine}`}</bdi>
        </p>
      ))}
      <StatusLine
        run={run}
        running={running}
        onOpen={() => ignore(send('openPanel', { runId }))}
        onStop={() => ignore(send('stop', { runId }))}
      />
      {run !== undefined && run.answer !== '' && (
        <Markdown
          text={run.answer}
          citations={shownCitations(run, badges)}
          onOpen={(index) => ignore(send('openCitation', { runId, index }))}
        />
      )}
      {run?.end !== undefined && <Evidence run={run} badges={badges} runId={runId} send={send} />}
    </article>
  );
}

interface StatusLineProps {
  readonly run: RunState | undefined;
  readonly running: boolean;
  readonly onOpen: () => void;
  readonly onStop: () => void;
}

function StatusLine({ run, running, onOpen, onStop }: StatusLineProps) {
  const now = useNow(running ? run : undefined);
  const state = run === undefined ? 'starting' : stateOf(run);
  const figures = run === undefined ? '' : ` · ${figuresOf(run, now)}`;
  const icon = running
    ? 'loading'
    : run?.outcome === 'answered'
      ? 'pass'
      : run?.outcome === 'failed'
        ? 'error'
        : 'circle-slash';
  return (
    <div class="status">
      <button
        type="button"
        class="quiet grow"
        title="Show the agents of this run"
        aria-label={`Show run: ${state}${figures}`}
        onClick={onOpen}
      >
        <Icon name={icon} spin={running} />
        <span class="ellipsis">
          <strong>{state}</strong>
          {figures}
        </span>
        <Icon name="chevron-right" />
      </button>
      {running && <IconButton icon="debug-stop" label="Stop" onClick={onStop} />}
    </div>
  );
}

/** What the answer rests on: its citations, and how much of the workspace was there to be searched. */
function Evidence({
  run,
  badges,
  runId,
  send,
}: Omit<EntryProps, 'entry' | 'run'> & { readonly run: RunState; readonly runId: string }) {
  const shown = shownCitations(run, badges);
  const verified = shown.filter(({ status }) => status === 'verified').length;
  const moved = shown.filter(({ status, now }) => status === 'stale' && now !== null);
  const { filesLoaded = 0, filesTotal = 0, leftOut = [] } = run.snapshot?.coverage ?? {};
  const failed = run.outcome === 'failed' || run.outcome === 'exhausted';
  return (
    <footer>
      {failed && run.end?.reason !== '' && <p class="trouble">{run.end?.reason}</p>}
      <p class="muted">
        {shown.length === 0
          ? 'No citations: nothing in this answer was checked.'
          : `${plural(shown.length, 'citation')}, ${verified} verified`}
      </p>
      {moved.map(({ index, citation, now }) => (
        <p key={index}>
          <button type="button" class="link" onClick={() => ignore(send('reanchor', { runId, index }))}>
            {`${citation.path.split('/').at(-1)} changed: use lines ${now?.startLine}-${now?.endLine}`}
          </button>
        </p>
      ))}
      <p>
        <button type="button" class="link" onClick={() => ignore(send('showLeftOut', { runId }))}>
          {`Searched ${fullCount(filesLoaded)} of ${plural(filesTotal, 'file')}${leftOut.length > 0 ? ` · ${fullCount(leftOut.length)} left out` : ''}`}
        </button>
      </p>
      <div class="actions">
        <IconButton
          icon="copy"
          label="Copy answer"
          text="Copy"
          onClick={() => ignore(send('copy', { text: run.answer }))}
        />
        <IconButton
          icon="save"
          label="Save as Markdown"
          text="Save"
          onClick={() => ignore(send('saveMarkdown', { runId }))}
        />
        <IconButton
          icon="list-tree"
          label="Open run"
          text="Open run"
          onClick={() => ignore(send('openPanel', { runId }))}
        />
        {run.outcome === 'failed' && (
          <IconButton icon="output" label="Show output" text="Output" onClick={() => ignore(send('showOutput', {}))} />
        )}
      </div>
    </footer>
  );
}
