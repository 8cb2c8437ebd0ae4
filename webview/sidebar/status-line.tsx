import { Fragment } from 'preact';
import type { RunState } from '../../src/runs/run-state.ts';
import type { Host } from '../shared/host.ts';
import { Icon, IconButton } from '../shared/icon.tsx';
import { activityOf, figuresOf, stateOf, toneIcons, toneOf } from '../shared/status.ts';
import { ignore, useNow } from '../shared/use-view.ts';
import type { RetryTimes } from '../shared/view-state.ts';

interface StatusLineProps {
  readonly run: RunState | undefined;
  readonly retries: RetryTimes;
  readonly running: boolean;
  readonly runId: string;
  readonly send: Host['send'];
}

/** How the run stands, in figures; opens the panel. Below it, while there is no answer yet, what the root does. */
export function StatusLine({ run, retries, running, runId, send }: StatusLineProps) {
  const now = useNow(running, run?.at);
  const tone = running ? 'running' : toneOf(run);
  const activity = running && run !== undefined ? activityOf(run, now, retries[run.rootId ?? '']) : '';
  const figures = [stateOf(run), ...(run === undefined ? [] : figuresOf(run, now))];
  return (
    <>
      <div class={`status ${tone}`}>
        <button
          type="button"
          class="quiet grow"
          title="Open the run: its agents, their code and what they said"
          onClick={() => ignore(send('openPanel', { runId }))}
        >
          <Icon name={toneIcons[tone]} spin={running} />
          <span class="grow">
            {figures.map((figure, at) => (
              <Fragment key={`${at}`}>
                <span class="figure">
                  {at === 0 ? <strong>{figure}</strong> : figure}
                  {at < figures.length - 1 && ' ·'}
                </span>{' '}
              </Fragment>
            ))}
          </span>
          <Icon name="chevron-right" />
        </button>
        {running && <IconButton icon="debug-stop" label="Stop" onClick={() => ignore(send('stop', { runId }))} />}
      </div>
      {activity !== '' && (
        <p class="activity muted" dir="auto">
          {activity}
        </p>
      )}
    </>
  );
}
