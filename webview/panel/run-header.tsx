import type { ComponentChildren } from 'preact';
import type { RunState } from '../../src/runs/run-state.ts';
import type { Help } from '../shared/help.ts';
import { Icon, IconButton } from '../shared/icon.tsx';
import { Notice } from '../shared/notice.tsx';
import { activityOf, figuresOf, stateOf, toneIcons, toneOf } from '../shared/status.ts';
import type { RetryTimes } from '../shared/view-state.ts';

interface RunHeaderProps {
  readonly run: RunState;
  readonly now: number;
  readonly retries: RetryTimes;
  readonly trouble: string;
  /** Absent when it only seems to run. */
  readonly onStop: (() => void) | undefined;
  readonly onHelp: (help: Help) => Promise<unknown>;
  /** Absent where nothing can be done with the run. */
  readonly actions?: RunActions | undefined;
  readonly children?: ComponentChildren;
}

/** What can be done with a run that has ended. */
export interface RunActions {
  readonly replay: () => void;
  readonly rerun?: () => void;
  readonly export?: () => void;
}

/** The question, how its run stands, and what may help when it does not stand well. */
export function RunHeader({ run, now, retries, trouble, onStop, onHelp, actions, children }: RunHeaderProps) {
  const tone = toneOf(run);
  const activity = tone === 'running' ? activityOf(run, now, retries[run.rootId ?? '']) : '';
  return (
    <header class="run">
      <div class="title">
        <h1 dir="auto" class="ellipsis grow" title={run.question}>
          {run.question}
        </h1>
        {tone === 'running' && onStop !== undefined && (
          <IconButton icon="debug-stop" label="Stop the run" text="Stop" onClick={onStop} />
        )}
        {actions !== undefined && tone !== 'running' && <Actions {...actions} />}
      </div>
      <p class={`state muted ${tone}`}>
        <Icon name={toneIcons[tone]} spin={tone === 'running'} />
        <span>
          <strong>{stateOf(run)}</strong>
          {` · ${[...figuresOf(run, now), activity].filter(Boolean).join(' · ')}`}
        </span>
      </p>
      <p class="hidden" role="status">
        {`Run: ${stateOf(run)}`}
      </p>
      {children}
      <Notice run={run} onHelp={onHelp} />
      {trouble !== '' && (
        <p class="trouble" role="alert">
          {trouble}
        </p>
      )}
    </header>
  );
}

const Actions = ({ replay, rerun, export: share }: RunActions) => (
  <div class="run-actions">
    <IconButton icon="history" label="Replay run" onClick={replay} />
    {rerun !== undefined && <IconButton icon="refresh" label="Re-run" onClick={rerun} />}
    {share !== undefined && <IconButton icon="export" label="Export run" onClick={share} />}
  </div>
);
