import type { RunEvent } from '../../src/runs/events.ts';
import { duration, fullCount } from '../../src/runs/format.ts';
import { IconButton } from '../shared/icon.tsx';
import type { Replay } from './replay.ts';

interface ReplayBarProps {
  readonly replay: Replay;
  readonly onClose: () => void;
}

/** The time of a run as a slider, with steps from event to event. */
export function ReplayBar({ replay, onClose }: ReplayBarProps) {
  const { events, done, playing, time, total, goTo, seek, play } = replay;
  const step = Math.max(1, Math.round(total / 500));
  const atEnd = done >= events.length;
  const told = eventText(events[done - 1]);
  const place = `${duration(time)} of ${duration(total)} · event ${fullCount(done)} of ${fullCount(events.length)} · ${told}`;
  const start = () => {
    if (atEnd) goTo(1);
    play(!playing);
  };
  return (
    <section class="replay" aria-label="Replay">
      <IconButton icon={playing ? 'debug-pause' : 'play'} label={playing ? 'Pause' : 'Play'} onClick={start} />
      <IconButton icon="chevron-left" label="Previous event" disabled={done <= 1} onClick={() => goTo(done - 1)} />
      <IconButton icon="chevron-right" label="Next event" disabled={atEnd} onClick={() => goTo(done + 1)} />
      <input
        type="range"
        class="grow"
        aria-label="Time of the run"
        aria-valuetext={place}
        min={0}
        // A slider stops at whole steps: the last one has to reach the end.
        max={Math.ceil(total / step) * step}
        step={step}
        value={time}
        onInput={(event) => {
          play(false);
          seek(Number(event.currentTarget.value));
        }}
      />
      <span class="muted place">{place}</span>
      <IconButton icon="close" label="Leave the replay" onClick={onClose} />
    </section>
  );
}

/** What happened, in a few words. */
function eventText(event: RunEvent | undefined): string {
  if (event === undefined) return '';
  switch (event.type) {
    case 'run-start':
      return 'the question is asked';
    case 'snapshot':
      return 'the files are read';
    case 'agent-start':
      return `${event.role} agent starts`;
    case 'agent-end':
      return `agent ends: ${event.outcome}`;
    case 'model-start':
      return `turn ${event.turn}: model asked`;
    case 'model-end':
      return `turn ${event.turn}: model replied`;
    case 'model-retry':
      return 'model asked again';
    case 'cell-start':
      return `cell ${event.cell} begins`;
    case 'cell-end':
      return `cell ${event.cell} ends: ${event.status}`;
    case 'call-start':
      return `${event.op} ×${event.count}`;
    case 'call-end':
      return 'sub-calls end';
    case 'run-end':
      return `the run ends: ${event.outcome}`;
    default:
      return event.type;
  }
}
