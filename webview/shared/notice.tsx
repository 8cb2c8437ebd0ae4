import type { RunState } from '../../src/runs/run-state.ts';
import { type Help, helpFor } from './help.ts';
import { Icon } from './icon.tsx';
import { toneIcons, toneOf } from './status.ts';
import { useOneAtATime } from './use-one-at-a-time.ts';
import { ignore } from './use-view.ts';

interface NoticeProps {
  readonly run: RunState;
  readonly onHelp: (help: Help) => Promise<unknown>;
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
  const once = useOneAtATime();
  const tone = toneOf(run);
  // Menus may stay open: what asks does not wait for them.
  const press = (help: Help) => (help === 'retry' || help === 'more' ? once(() => onHelp(help)) : ignore(onHelp(help)));
  if (run.end === undefined || tone === 'done') return null;
  return (
    <div class={`notice ${tone}`}>
      <Icon name={toneIcons[tone]} />
      <div class="grow">
        <p dir="auto">{run.end.reason || 'The run was stopped.'}</p>
        <div class="helps">
          {helpFor(run).map((help) => (
            <button key={help} type="button" class="link" onClick={() => press(help)}>
              {titles[help]}
            </button>
          ))}
        </div>
      </div>
    </div>
  );
}
