import { cost, duration, fullCount, plural, shortCount } from '../../runs/format.ts';
import { describeResumed } from '../../runs/resumed-text.ts';
import type { AgentState, CellStep, RunState, Step, SubCall, TurnStep } from '../../runs/run-state.ts';
import { figures, firstLine, shortLine } from '../agent-text.ts';
import { type Span, type Style, span } from '../paint.ts';
import { sanitize } from '../sanitize.ts';

/** One line of the tree as it is unfolded. Texts are safe for a terminal. */
export interface LogRow {
  readonly key: string;
  readonly depth: number;
  /** `undefined`: nothing to fold. */
  readonly open: boolean | undefined;
  readonly spans: readonly Span[];
  readonly right: string;
}

/** Batches of more than this begin folded. */
const foldFrom = 4;
/** More lines of one text than anybody walks through. */
const mostLines = 2000;

/** What is open: `toggled` rows are not as they begin. Agents and their calls begin open, texts folded. */
export function logRows(run: RunState, toggled: ReadonlySet<string>): readonly LogRow[] {
  const rows = new Rows(run, toggled);
  const root = run.agents.get(run.rootId ?? '');
  if (root !== undefined) rows.agent(root, 0);
  rows.end();
  return rows.list;
}

class Rows {
  readonly list: LogRow[] = [];
  readonly #run: RunState;
  readonly #toggled: ReadonlySet<string>;

  constructor(run: RunState, toggled: ReadonlySet<string>) {
    this.#run = run;
    this.#toggled = toggled;
  }

  agent(agent: AgentState, depth: number): void {
    const { id, role, phase, outcome } = agent;
    const title =
      role === 'root' ? `root · ${shortLine(agent.model)}` : `${role} ${shortLine(agent.task) || 'no task'}`;
    const state = outcome === undefined || outcome === 'answered' ? '' : ` · ${outcome}`;
    const right = figures(agent, outcome === undefined ? Math.max(0, this.#run.at - agent.startedAt) : agent.ms);
    const open = this.#fold(
      `agent ${id}`,
      role !== 'llm',
      depth,
      [mark(phase), span(title), span(state, 'bad')],
      right,
    );
    if (!open) return;
    if (role !== 'root') this.#text(`${id} task`, 'asked', agent.task, depth + 1);
    for (const [index, step] of agent.steps.entries()) this.#step(agent, step, `${id} ${index}`, depth + 1);
    if (role !== 'root') this.#text(`${id} answer`, 'answered', agent.answer, depth + 1);
  }

  end(): void {
    const { answer, citations, end, rootId } = this.#run;
    if (rootId === undefined) this.#line('none', 0, [span('no agent has started', 'dim')]);
    this.#text('answer', end === undefined ? 'answer so far' : 'answer', answer, 0, true);
    for (const { path, startLine, endLine, status, quote, problem } of citations) {
      const place = `[${path}:${startLine}-${endLine}]`;
      const style = status === 'verified' ? 'good' : status === 'moved' ? 'warn' : 'bad';
      const title = shortLine(`${status} ${place}${problem && ` ${problem}`}`);
      if (quote.trim() === '') this.#line(`citation ${place}`, 0, [span(title, style)]);
      else this.#text(`citation ${place}`, title, quote, 0, false, style);
    }
    if (end === undefined) return;
    const spent = `${plural(end.usage.modelCalls, 'call')} · ${cost(end.usage.costUsd)} · ${duration(end.timings.totalMs)}`;
    this.#line('end', 0, [span(`${end.outcome}${end.reason && ` · ${shortLine(end.reason)}`}`, 'bold')], spent);
  }

  #step(agent: AgentState, step: Step, key: string, depth: number): void {
    if (step.kind === 'turn') this.#turn(agent, step, key, depth);
    else if (step.kind === 'cell') this.#cell(step, key, depth);
    else if (step.kind === 'nudge') this.#text(key, `host: ${step.reason}`, step.text, depth);
    else if (step.kind === 'resumed')
      this.#text(key, shortLine(describeResumed(step)), step.told, depth, false, 'plain', duration(step.ms));
    else this.#line(key, depth, [span(`refused ${shortLine(step.what)}: ${shortLine(step.reason)}`, 'bad')]);
  }

  #turn(
    { role, answer }: AgentState,
    { turn, live, text, reasoning, usage, ms, failure }: TurnStep,
    key: string,
    depth: number,
  ) {
    const tokens = usage === null ? '' : `${shortCount(usage.promptTokens + usage.completionTokens)} tok · `;
    const title = live ? `turn ${turn} · waiting for the model` : `turn ${turn}`;
    this.#text(`${key} thinking`, 'thinking', reasoning, depth);
    if (role === 'llm' && text === answer) return;
    this.#text(key, title, text, depth, false, 'plain', `${tokens}${duration(ms)}`);
    if (failure !== undefined) this.#line(`${key} failure`, depth, [span(shortLine(failure.message), 'bad')]);
  }

  #cell({ cell, code, calls, refusals, end }: CellStep, key: string, depth: number): void {
    const status = end === undefined ? ' · running' : end.status === 'ok' ? '' : ` · ${end.status}`;
    const title = [span(`cell ${cell}`, 'accent'), span(status, 'bad'), span(` ${firstLine(code)}`, 'dim')];
    const open = this.#fold(key, true, depth, title, end === undefined ? '' : duration(end.ms + end.waitMs));
    if (!open) return;
    this.#text(`${key} code`, 'code', code, depth + 1);
    for (const call of calls) this.#call(this.#run.calls.get(call), depth + 1);
    for (const [at, { what, reason }] of [...refusals].entries())
      this.#line(`${key} refusal ${at}`, depth + 1, [span(`refused ${shortLine(what)}: ${shortLine(reason)}`, 'bad')]);
    if (end === undefined) return;
    const { head, tail, omittedChars, totalLines } = end.output;
    const gap = omittedChars > 0 ? `\n… ${fullCount(omittedChars)} characters left out …\n` : '';
    this.#text(`${key} output`, `output, ${plural(totalLines, 'line')}`, head + gap + tail, depth + 1);
    this.#text(`${key} error`, 'error', end.error, depth + 1, false, 'bad');
  }

  #call(call: SubCall | undefined, depth: number): void {
    if (call === undefined) return;
    const { key, op, count, ended, failed, cached, ms, children } = call;
    const state = [
      ...(ms === undefined ? [`${ended} of ${count} done`] : []),
      ...(failed > 0 ? [`${failed} failed`] : []),
      ...(cached > 0 ? [`${cached} from memory`] : []),
    ].join(', ');
    const title = [
      span(`${shortLine(op)} ×${count}`, 'bold'),
      span(state && ` · ${state}`, failed > 0 ? 'bad' : 'dim'),
    ];
    if (!this.#fold(`call ${key}`, count <= foldFrom, depth, title, ms === undefined ? '' : duration(ms))) return;
    for (const id of children) {
      const agent = this.#run.agents.get(id);
      if (agent !== undefined) this.agent(agent, depth + 1);
    }
  }

  /** A text that unfolds to its lines; nothing when there is none. */
  #text(
    key: string,
    title: string,
    text: string,
    depth: number,
    begins = false,
    style: Style = 'plain',
    right = '',
  ): void {
    const lines = text.trim() === '' ? [] : sanitize(text).replace(/\n+$/, '').split('\n');
    const preview =
      lines
        .find((line) => line.trim() !== '')
        ?.trim()
        .slice(0, 200) ?? '';
    const spans = [span(title === '' ? '' : shortLine(title), style), span(preview && ` ${preview}`, 'dim')];
    if (lines.length === 0) {
      if (right !== '') this.#line(key, depth, spans.slice(0, 1), right);
      return;
    }
    if (!this.#fold(key, begins, depth, spans, right)) return;
    for (const [at, line] of lines.slice(0, mostLines).entries())
      this.#line(`${key} line ${at}`, depth + 1, [span('│ ', 'dim'), span(line)]);
    const more = lines.length - mostLines;
    if (more > 0) this.#line(`${key} more`, depth + 1, [span(`… ${plural(more, 'more line')}`, 'dim')]);
  }

  #fold(key: string, begins: boolean, depth: number, spans: readonly Span[], right: string): boolean {
    const open = this.#toggled.has(key) ? !begins : begins;
    this.list.push({ key, depth, open, spans, right });
    return open;
  }

  #line(key: string, depth: number, spans: readonly Span[], right = ''): void {
    this.list.push({ key, depth, open: undefined, spans, right });
  }
}

function mark(phase: AgentState['phase']): Span {
  if (phase === 'done' || phase === 'cached') return span('✓ ', 'good');
  if (phase === 'failed' || phase === 'cancelled') return span('✗ ', 'bad');
  return span(phase === 'queued' ? '· ' : '⠿ ', 'accent');
}
