import type { RunState } from '../../src/runs/run-state.ts';
import { type Help, helpFor } from './help.ts';
import { Icon } from './icon.tsx';
import { toneIcons, toneOf } from './status.ts';

interface NoticeProps {
  readonly run: RunState;
  readonly onHelp: (help: Help) => void;
}

const titles: Readonly<Record<Help, string>> = {
  retry: 'Ask again',
  more: 'Go on with more budget',
  key: 'Set key',
  model: 'Choose model',
  output: 'Show output',
};

/** Why a run did not come to its end by itself, in one line, and what may help. */
export function Notice({ run, onHelp }: NoticeProps) {
  const tone = toneOf(run);
  if (run.end === undefined || tone === 'done') return null;
  return (
    <div class={`notice ${tone}`}>
      <Icon name={toneIcons[tone]} />
      <div class="grow">
        <p dir="auto">{run.end.reason || 'The run was stopped.'}</p>
        <div class="helps">
          {helpFor(run).map((help) => (
            <button key={help} type="button" class="link" onClick={() => onHelp(help)}>
              {titles[help]}
            </button>
          ))}
        </div>
      </div>
    </div>
  );
}
