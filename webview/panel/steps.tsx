import { duration, shortCount } from '../../src/runs/format.ts';
import { describeResumed } from '../../src/runs/resumed-text.ts';
import type { AgentState, CellStep, RunState, Step, TurnStep } from '../../src/runs/run-state.ts';
import { Code } from '../shared/code.tsx';
import { withoutCode } from '../shared/prose.ts';
import { retryText } from '../shared/status.ts';
import type { RetryTimes } from '../shared/view-state.ts';
import { Output } from './cell-output.tsx';
import { FoldedText } from './folded.tsx';
import { Call } from './sub-call.tsx';

/** What the parts of an agent are drawn from besides themselves. */
export interface Around {
  readonly run: RunState;
  readonly now: number;
  readonly retries: RetryTimes;
  readonly onChoose: (agentId: string) => void;
}

export const stepKey = (step: Step, index: number): string =>
  step.kind === 'cell' ? `cell ${step.cell}` : `${step.kind} ${index}`;

interface StepProps extends Around {
  readonly agent: AgentState;
  readonly step: Step;
}

export function StepView({ agent, step, ...around }: StepProps) {
  switch (step.kind) {
    case 'turn':
      return <Turn step={step} agent={agent} {...around} />;
    case 'cell':
      return <Cell step={step} {...around} />;
    case 'resumed':
      return <FoldedText title={`Goes on: ${describeResumed(step)}`} text={step.told} />;
    case 'nudge':
      return <FoldedText title={`Host: ${nudges[step.reason]}`} text={step.text} />;
    case 'refusal':
      return <p class="trouble">{`Refused ${step.what}: ${step.reason}`}</p>;
  }
}

const nudges = {
  'no-code': 'the reply held no code',
  citations: 'citations to mend',
  'last-turn': 'this is the last turn',
  schema: 'the reply did not fit its schema',
  'cut-off': 'the reply was cut off',
} as const;

/** A model call: what it thought and said around its cells. */
function Turn({ step, agent, now, retries }: Omit<StepProps, 'step'> & { readonly step: TurnStep }) {
  const said = agent.role === 'llm' ? '' : withoutCode(step.text);
  const waiting = step.live && step.retries.length > 0;
  return (
    <div class="turn">
      <h3>
        <span class="grow">{`Turn ${step.turn}`}</span>
        <span>{turnFigures(step, now)}</span>
      </h3>
      {waiting && <p class="muted">{retryText(step, now, retries[agent.id])}</p>}
      {step.reasoning !== '' && <FoldedText title="Thinking" text={step.reasoning} />}
      {said !== '' && (
        <p class="said" dir="auto">
          {said}
        </p>
      )}
      {step.failure !== undefined && <p class="trouble">{step.failure.message}</p>}
    </div>
  );
}

function turnFigures({ live, retries, startedAt, ms, usage }: TurnStep, now: number): string {
  if (live) return retries.length > 0 ? 'waiting to retry' : `waiting for the model, ${duration(now - startedAt)}`;
  const tokens = (usage?.promptTokens ?? 0) + (usage?.completionTokens ?? 0);
  return [...(tokens > 0 ? [`${shortCount(tokens)} tok`] : []), duration(ms)].join(' · ');
}

const endings = { ok: '', error: 'error', interrupted: 'interrupted', lost: 'interpreter lost' } as const;

function Cell({ step, ...around }: Around & { readonly step: CellStep }) {
  const { cell, code, end, startedAt } = step;
  const calls = [...step.calls].map((key) => around.run.calls.get(key)).filter((call) => call !== undefined);
  const ending = end === undefined ? 'running' : endings[end.status];
  const time = duration(end === undefined ? around.now - startedAt : end.ms + end.waitMs);
  return (
    <div class="cell">
      <h3>
        <span class="grow">{`Cell ${cell}`}</span>
        <span>{[ending, time].filter(Boolean).join(' · ')}</span>
      </h3>
      <Code text={code} language="python" label={`Code of cell ${cell}`} />
      {calls.map((call) => (
        <Call key={call.key} call={call} {...around} />
      ))}
      {[...step.refusals].map(({ what, reason }, at) => (
        <p class="trouble" key={`${at}`}>{`Refused ${what}: ${reason}`}</p>
      ))}
      {end !== undefined && <Output cell={cell} end={end} />}
    </div>
  );
}
