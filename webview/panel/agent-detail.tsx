import { duration, fullCount, plural } from '../../src/runs/format.ts';
import type { AgentState, CellStep, RunState, Step, SubCall, TurnStep } from '../../src/runs/run-state.ts';
import { Code } from '../shared/code.tsx';
import { Icon } from '../shared/icon.tsx';
import { agentFigures, iconOf, stepKey } from '../shared/status.ts';
import { labelOf } from './tree-rows.ts';

interface AgentDetailProps {
  readonly run: RunState;
  readonly agentId: string;
  readonly now: number;
  readonly onChoose: (agentId: string) => void;
}

/** Everything one agent did: what it was asked, its turns and cells, what it handed on, what it answered. */
export function AgentDetail({ run, agentId, now, onChoose }: AgentDetailProps) {
  const agent = run.agents.get(agentId);
  if (agent === undefined) return <section class="agent" aria-label="Agent" />;
  return (
    <section class="agent" aria-label={`Agent ${labelOf(agent)}`}>
      <h2>
        <Icon name={iconOf(agent)} /> <bdi>{labelOf(agent)}</bdi>
      </h2>
      <p class="muted">{`${agent.model} · depth ${agent.depth} · ${agent.phase} · ${agentFigures(agent, now)}`}</p>
      {agent.cachedFrom !== undefined && (
        <p class="muted">Answered from memory: the same as an earlier call of this run.</p>
      )}
      {agent.role !== 'root' && <Folded title="Asked" text={agent.task} open={agent.role === 'llm'} />}
      {agent.steps.map((step, index) => (
        <StepView key={stepKey(step, index)} run={run} agent={agent} step={step} onChoose={onChoose} />
      ))}
      {agent.role !== 'root' && agent.answer !== '' && <Folded title="Answered" text={agent.answer} open />}
    </section>
  );
}

interface StepViewProps {
  readonly run: RunState;
  readonly agent: AgentState;
  readonly step: Step;
  readonly onChoose: (agentId: string) => void;
}

function StepView({ run, agent, step, onChoose }: StepViewProps) {
  switch (step.kind) {
    case 'turn':
      return <Turn step={step} plain={agent.role === 'llm'} />;
    case 'cell':
      return <Cell run={run} step={step} onChoose={onChoose} />;
    case 'nudge':
      return <Folded title={`Told by the host: ${step.reason}`} text={step.text} />;
    case 'refusal':
      return <p class="trouble">{`Refused ${step.what}: ${step.reason}`}</p>;
  }
}

/** A model call: what it thought and said around its cells. */
function Turn({ step, plain }: { readonly step: TurnStep; readonly plain: boolean }) {
  const said = step.text.replace(/^ {0,3}(`{3,}|~{3,})[\s\S]*?(?:^ {0,3}\1[ \t]*$|$(?![\s\S]))/gm, '').trim();
  const retry = step.live ? step.retries.at(-1) : undefined;
  return (
    <div class="turn">
      <h3>{`Turn ${step.turn}${step.live ? ' · waiting for the model' : ` · ${duration(step.ms)}`}`}</h3>
      {retry !== undefined && <p class="muted">{`Trying again in ${duration(retry.waitMs)}: ${retry.reason}`}</p>}
      {step.reasoning !== '' && <Folded title="Thinking" text={step.reasoning} />}
      {said !== '' && !plain && (
        <p class="said" dir="auto">
          {said}
        </p>
      )}
      {step.failure !== undefined && <p class="trouble">{step.failure.message}</p>}
    </div>
  );
}

function Cell({ run, step, onChoose }: Omit<StepViewProps, 'agent' | 'step'> & { readonly step: CellStep }) {
  const { end } = step;
  const calls = [...step.calls].map((key) => run.calls.get(key)).filter((call) => call !== undefined);
  return (
    <div class="cell">
      <h3>{`Cell ${step.cell} · ${end === undefined ? 'running' : `${end.status === 'ok' ? '' : `${end.status} · `}${duration(end.ms)}`}`}</h3>
      <Code text={step.code} language="python" />
      {calls.map((call) => (
        <Call key={call.key} run={run} call={call} onChoose={onChoose} />
      ))}
      {[...step.refusals].map(({ what, reason }, at) => (
        <p class="trouble" key={at}>{`Refused ${what}: ${reason}`}</p>
      ))}
      {end !== undefined && <Output end={end} />}
    </div>
  );
}

/** Longer outputs begin folded. */
const openLines = 30;

function Output({ end }: { readonly end: NonNullable<CellStep['end']> }) {
  const { head, tail, totalChars, totalLines, omittedChars } = end.output;
  const gap =
    omittedChars > 0 ? `\n… ${fullCount(omittedChars)} of ${fullCount(totalChars)} characters left out …\n` : '';
  return (
    <>
      {totalChars > 0 && (
        <Folded
          title={`Output, ${plural(totalLines, 'line')}`}
          text={head + gap + tail}
          open={totalLines <= openLines}
        />
      )}
      {end.error !== '' && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region has to be reachable by keyboard.
        <pre class="code error" tabIndex={0}>
          {end.error}
        </pre>
      )}
    </>
  );
}

const shownCalls = 50;

/** A sub-call with the agents it made; each opens on a click. */
function Call({
  run,
  call,
  onChoose,
}: {
  readonly run: RunState;
  readonly call: SubCall;
  readonly onChoose: (agentId: string) => void;
}) {
  const agents = [...call.children]
    .slice(0, shownCalls)
    .map((id) => run.agents.get(id))
    .filter((agent) => agent !== undefined);
  const state = call.ms === undefined ? `${call.ended} of ${call.count} done` : duration(call.ms);
  return (
    <details>
      <summary>{`→ ${call.op} · ${plural(call.count, call.op.startsWith('rlm') ? 'child' : 'prompt')} · ${state}${call.failed > 0 ? ` · ${call.failed} failed` : ''}`}</summary>
      <ul class="plain">
        {agents.map((agent) => (
          <li key={agent.id}>
            <button type="button" class="link ellipsis" onClick={() => onChoose(agent.id)}>
              <Icon name={iconOf(agent)} /> <bdi>{labelOf(agent)}</bdi>
            </button>
          </li>
        ))}
        {call.count > shownCalls && <li class="muted">{`… ${fullCount(call.count - shownCalls)} more in the tree`}</li>}
      </ul>
    </details>
  );
}

const Folded = ({
  title,
  text,
  open = false,
}: {
  readonly title: string;
  readonly text: string;
  readonly open?: boolean;
}) => (
  <details open={open}>
    <summary>{title}</summary>
    {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region has to be reachable by keyboard. */}
    <pre class="code wrap" dir="auto" tabIndex={0}>
      {text}
    </pre>
  </details>
);
