import { describeCell } from '../../agent/observation.ts';
import type { Message } from '../../models/model.ts';
import type { EventOf } from '../agent-steps.ts';
import type { RequestChange, RunEvent } from '../events.ts';

/** Where a message is from. `reply` was sampled in this trajectory, `history` in an earlier one of the same agent. */
type Source = 'system' | 'prompt' | 'observation' | 'reply' | 'history';

export interface TrajectoryMessage extends Message {
  readonly source: Source;
  /** Of a reply: how many of its code points, from the beginning, the model wrote; what follows is the host's. */
  readonly sampled: number;
  /** What the provider showed of the thinking before a reply. */
  readonly reasoning?: string;
}

/** A conversation that only grew. An agent whose conversation was cut has several. */
export interface Trajectory {
  readonly agentId: string;
  /** From 0. */
  readonly segment: number;
  /** False: the log does not hold the requests, so that prompts are put together from what happened. */
  readonly exact: boolean;
  readonly messages: readonly TrajectoryMessage[];
}

/** The conversations of a run's agents, in the order in which the agents started. */
export function trajectoriesOf(events: Iterable<RunEvent>): readonly Trajectory[] {
  const agents = new Map<string, AgentConversation>();
  for (const event of events) {
    if (event.type === 'agent-start') agents.set(event.agentId, new AgentConversation(event));
    else agents.get(event.agentId)?.take(event);
  }
  return [...agents.values()].flatMap((agent) => agent.end());
}

class AgentConversation {
  readonly #agentId: string;
  readonly #ended: Trajectory[] = [];
  #messages: TrajectoryMessage[] = [];
  #exact = true;
  /** Replies of this trajectory that the next request repeats. */
  #reply: TrajectoryMessage | undefined;
  #afterCell = false;
  /** What the next request would hold, for logs that do not have it. */
  #pending: string[];

  constructor({ agentId, task }: EventOf<'agent-start'>) {
    this.#agentId = agentId;
    this.#pending = [task];
  }

  take(event: RunEvent): void {
    switch (event.type) {
      case 'model-start':
        if (event.request === undefined) this.#guess();
        else this.#request(event.request);
        break;
      case 'model-end':
        this.#answered(event);
        break;
      case 'cell-end':
        this.#afterCell = true;
        this.#pending.push(describeCell(event.cell, event));
        break;
      case 'nudge':
        this.#pending.push(event.text);
    }
  }

  end(): readonly Trajectory[] {
    this.#close();
    return this.#ended;
  }

  #request({ keep, add }: RequestChange): void {
    const replied = this.#reply;
    const before = replied === undefined ? this.#messages : [...this.#messages, replied];
    const [first] = add;
    // The reply comes back as it was, or with a remark of the host after it.
    const repeated = replied !== undefined && keep === this.#messages.length && first?.role === 'assistant';
    const goesOn = repeated && first.content.startsWith(replied.content);
    if (goesOn) this.#messages.push({ ...replied, content: first.content });
    else if (before.slice(keep).some(({ source }) => source === 'reply')) this.#cut(before, keep);
    else this.#messages = before.slice(0, keep);
    this.#reply = undefined;
    for (const message of goesOn ? add.slice(1) : add) this.#messages.push(this.#sent(message));
    this.#said();
  }

  /** A conversation that lost replies goes on as another. */
  #cut(before: readonly TrajectoryMessage[], keep: number): void {
    this.#close();
    this.#messages = before.slice(0, keep).map((message) => asHistory(message));
  }

  #guess(): void {
    this.#exact = false;
    if (this.#reply !== undefined) this.#messages.push(this.#reply);
    this.#reply = undefined;
    this.#messages.push(this.#sent({ role: 'user', content: this.#pending.join('\n\n') }));
    this.#said();
  }

  #said(): void {
    this.#pending = [];
    this.#afterCell = false;
  }

  #sent(message: Message): TrajectoryMessage {
    const source = message.role === 'system' ? 'system' : message.role === 'assistant' ? 'history' : this.#userSource();
    return { ...message, source, sampled: 0 };
  }

  #userSource = (): Source => (this.#afterCell ? 'observation' : 'prompt');

  #answered({ text, reasoning, failure }: EventOf<'model-end'>): void {
    if (failure !== undefined) return;
    const sampled = [...text].length;
    const thought = reasoning === undefined ? {} : { reasoning };
    this.#reply = { role: 'assistant', content: text, source: 'reply', sampled, ...thought };
  }

  #close(): void {
    if (this.#reply !== undefined) this.#messages.push(this.#reply);
    this.#reply = undefined;
    const messages = this.#messages;
    const segment = this.#ended.length;
    if (messages.some(({ source }) => source === 'reply'))
      this.#ended.push({ agentId: this.#agentId, segment, exact: this.#exact, messages });
  }
}

const asHistory = (message: TrajectoryMessage): TrajectoryMessage =>
  message.source === 'reply' ? { ...message, source: 'history', sampled: 0 } : message;
