import type { Clock } from '../util/clock.ts';
import type { EventStamp, RunEvent, RunEventBody } from './events.ts';

/** Numbers and dates a run's events and hands them on, in order. After `run-end` nothing more is let through. */
export class EventStream {
  readonly #clock: Clock;
  readonly #onEvent: (event: RunEvent) => void;
  #seq = 0;
  #ended = false;

  constructor(clock: Clock, onEvent: (event: RunEvent) => void) {
    this.#clock = clock;
    this.#onEvent = onEvent;
  }

  readonly emit = (agent: { readonly id: string; readonly parentId: string | null }, body: RunEventBody): void => {
    this.#send(body, agent.id, agent.parentId);
  };

  emitRun<B extends RunEventBody>(body: B): B & EventStamp {
    const event = this.#send(body, 'run', null);
    if (body.type === 'run-end') this.#ended = true;
    return event;
  }

  #send<B extends RunEventBody>(body: B, agentId: string, parentId: string | null): B & EventStamp {
    // A live-only event takes no number of its own, so that a log's numbers have no gaps.
    const seq = body.type === 'model-delta' ? this.#seq : this.#seq++;
    const event = { ...body, seq, at: this.#clock.now(), agentId, parentId };
    if (!this.#ended) this.#onEvent(event);
    return event;
  }
}
