import { cost, duration, shortCount } from '../runs/format.ts';
import type { AgentState, CellStep, Spending } from '../runs/run-state.ts';
import { sanitizeLine } from './sanitize.ts';

const enough = 400;

export const shortLine = (text: string): string => sanitizeLine(text.slice(0, enough));

/** `14 calls · 38k tok · $0.06 · 21 s` */
export function figures({ calls, promptTokens, completionTokens, costUsd }: Spending, ms: number): string {
  const spent =
    calls === 0 ? [] : [`${calls} ${calls === 1 ? 'call' : 'calls'}`, tokens(promptTokens + completionTokens)];
  const paid = calls === 0 || costUsd === 0 ? [] : [cost(costUsd)];
  return [...spent, ...paid, duration(ms)].join(' · ');
}

const tokens = (n: number): string => `${shortCount(n)} tok`;

/** The first line that does something, so that a leading comment or import does not hide it. */
export function firstLine(code: string): string {
  const lines = code.slice(0, 4000).split('\n');
  const telling = lines.find((line) => line.trim() !== '' && !/^\s*(?:#|import\s|from\s)/.test(line));
  return shortLine(telling ?? lines.find((line) => line.trim() !== '') ?? '');
}

/** What an agent that has not ended is doing. */
export function activity(agent: AgentState): string {
  const step = agent.steps.at(-1);
  if (step === undefined) return 'queued';
  if (step.kind === 'cell') return cellActivity(step);
  if (step.kind !== 'turn') return 'going on';
  const turn = `turn ${step.turn}`;
  const retry = step.retries.at(-1);
  if (!step.live) return turn;
  if (step.text !== '') return `${turn} · writing, ${shortCount(step.text.length)} characters`;
  if (step.reasoning !== '') return `${turn} · thinking`;
  return retry === undefined
    ? `${turn} · waiting for the model`
    : `${turn} · attempt ${retry.attempt + 1} after ${shortLine(retry.reason)}`;
}

const cellActivity = ({ cell, code, end }: CellStep): string =>
  end === undefined ? `cell ${cell} · ${firstLine(code)}` : `cell ${cell} · ${end.status}`;
