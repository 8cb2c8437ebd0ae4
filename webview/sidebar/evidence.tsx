import { evidenceText } from '../../src/runs/evidence.ts';
import { fullCount, plural } from '../../src/runs/format.ts';
import { scopeText } from '../../src/runs/left-out.ts';
import type { RunState } from '../../src/runs/run-state.ts';
import type { Coverage } from '../../src/workspace/snapshot.ts';
import { CitationButton } from '../shared/badge.tsx';
import type { Host } from '../shared/host.ts';
import { Icon, IconButton } from '../shared/icon.tsx';
import { citationCounts, type ShownCitation } from '../shared/shown-citations.ts';
import { ignore } from '../shared/use-view.ts';

interface EvidenceProps {
  readonly run: RunState;
  readonly shown: readonly ShownCitation[];
  readonly runId: string;
  readonly send: Host['send'];
}

/** What the answer rests on: its citations, and how much of the workspace was there to be searched. */
export function Evidence({ run, shown, runId, send }: EvidenceProps) {
  return (
    <footer>
      {shown.length > 0 && <Citations shown={shown} runId={runId} send={send} />}
      {shown
        .filter(({ status, now }) => status === 'stale' && now !== null)
        .map((one) => (
          <Moved key={one.index} shown={one} runId={runId} send={send} />
        ))}
      <button
        type="button"
        class="quiet"
        title="What was loaded and what was left out"
        onClick={() => ignore(send('showLeftOut', { runId }))}
      >
        <Icon name="checklist" />
        <span>{coverageText(run)}</span>
      </button>
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
      </div>
    </footer>
  );
}

type PartProps = Omit<EvidenceProps, 'run'>;

const Citations = ({ shown, runId, send }: PartProps) => (
  <details class="citations">
    <summary>
      <Icon name="chevron-right" />
      <span>{citationCounts(shown)}</span>
    </summary>
    <ul class="plain">
      {shown.map((one) => (
        <li key={one.index}>
          <CitationButton shown={one} whole onOpen={(index) => ignore(send('openCitation', { runId, index }))} />
        </li>
      ))}
    </ul>
  </details>
);

/** The cited text stands elsewhere by now. */
function Moved({ shown, runId, send }: Omit<PartProps, 'shown'> & { readonly shown: ShownCitation }) {
  const { citation, now, index } = shown;
  return (
    <button
      type="button"
      class="quiet"
      title={`${citation.path} has changed. The cited text now stands at lines ${now?.startLine}-${now?.endLine}.`}
      onClick={() => ignore(send('reanchor', { runId, index }))}
    >
      <Icon name="refresh" />
      <span>{`${citation.path.split('/').at(-1)} changed: use lines ${now?.startLine}-${now?.endLine}`}</span>
    </button>
  );
}

/** Before the end, what is there; then what was done with it, as the log has it. */
function coverageText({ end, snapshot }: RunState): string {
  const coverage = end?.coverage ?? snapshot?.coverage ?? nothing;
  const { filesLoaded, filesTotal, leftOut } = coverage;
  const loaded = `${fullCount(filesLoaded)} of ${plural(filesTotal, 'file')} loaded`;
  const searched = end?.evidence === undefined ? loaded : evidenceText({ filesLoaded }, end.evidence);
  const left = leftOut.length === 0 ? '' : `${fullCount(leftOut.length)} left out`;
  return [searched, scopeText(coverage), left].filter((part) => part !== '').join(' · ');
}

const nothing: Pick<Coverage, 'filesLoaded' | 'filesTotal' | 'leftOut' | 'scope'> = {
  filesLoaded: 0,
  filesTotal: 0,
  leftOut: [],
};
