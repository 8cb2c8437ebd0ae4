import { defaultLimits } from '../../agent/limits.ts';
import type { EventStamp, Outcome, RunEvent, RunEventBody } from '../events.ts';
import type { RunState } from '../run-state.ts';
import { emptyRun, reduceRun } from '../run-tree.ts';
import { endUnfinished } from '../unfinished.ts';

export type Fields = Readonly<Record<string, unknown>>;

export const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
export const numberOf = (value: unknown): number => (typeof value === 'number' && Number.isFinite(value) ? value : 0);
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** A value that another implementation let a model hand over, as text. */
export const shown = (value: unknown): string =>
  typeof value === 'string' ? value : value === undefined || value === null ? '' : JSON.stringify(value, null, 2);

/** Who an event is of. */
export interface ForeignAgent {
  readonly id: string;
  readonly parentId: string | null;
}

/** Events made from the log of another implementation. Times never go back. */
export class ForeignRun {
  readonly events: RunEvent[] = [];
  #state: RunState = emptyRun;
  #at: number;

  constructor(start: {
    readonly at: number;
    readonly question: string;
    readonly model: string;
    readonly tool: string;
  }) {
    const { at, question, model, tool } = start;
    this.#at = at;
    const body = { type: 'run-start', runId: tool, question, models: { root: model, sub: model } } as const;
    this.add({ id: 'run', parentId: null }, at, { ...body, limits: defaultLimits, version: tool });
  }

  get now(): number {
    return this.#at;
  }

  add({ id, parentId }: ForeignAgent, at: number, body: RunEventBody): void {
    this.#at = Math.max(this.#at, Number.isFinite(at) ? at : this.#at);
    const stamp: EventStamp = { seq: this.events.length, at: this.#at, agentId: id, parentId };
    const event: RunEvent = { ...body, ...stamp };
    this.events.push(event);
    this.#state = reduceRun(this.#state, event);
  }

  cell(agent: ForeignAgent, at: number, cell: ForeignCell): void {
    const { number, output, error, ms } = cell;
    const lines = output === '' ? 0 : output.split('\n').length;
    const sizes = { head: output, tail: '', totalChars: output.length, totalLines: lines, omittedChars: 0 };
    const end = { type: 'cell-end', cell: number, status: cell.failed ? 'error' : 'ok', output: sizes } as const;
    this.add(agent, at, { ...end, error, answer: { content: '', ready: false }, ms, waitMs: 0 });
  }

  /** @param outcome what its log lets one say: without an answer it was cut off. */
  end(outcome: Outcome, answer: string, reason: string): readonly RunEvent[] {
    // What was looked at is counted in our runs only.
    const { evidence: _, ...end } = endUnfinished({ ...this.#state, answer }, reason, this.#at);
    return [...this.events, { ...end, outcome, answer: answer || end.answer }];
  }
}

export interface ForeignCell {
  readonly number: number;
  readonly output: string;
  readonly error: string;
  readonly failed: boolean;
  /** Milliseconds. */
  readonly ms: number;
}
