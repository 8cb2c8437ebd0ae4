import type { AgentState, RunState } from '../../src/runs/run-state.ts';
import { Icon } from '../shared/icon.tsx';
import { Markdown } from '../shared/markdown.tsx';
import type { ShownCitation } from '../shared/shown-citations.ts';
import { agentSummary, iconOf } from '../shared/status.ts';
import { FoldedText } from './folded.tsx';
import { type Around, StepView, stepKey } from './steps.tsx';
import { labelOf } from './tree-rows.ts';

interface AgentDetailProps extends Around {
  readonly agentId: string;
  readonly shown: readonly ShownCitation[];
  readonly onOpen: (index: number) => void;
}

/** Everything one agent did: what it was asked, its turns and cells, what it handed on, what it answered. */
export function AgentDetail({ agentId, shown, onOpen, ...around }: AgentDetailProps) {
  const { run, now } = around;
  const agent = run.agents.get(agentId);
  if (agent === undefined) return <section class="agent" aria-label="Agent" />;
  const { role } = agent;
  return (
    <section class="agent" aria-label={`Agent ${labelOf(agent)}`}>
      <header class={agent.phase}>
        <Icon name={iconOf(agent)} spin={iconOf(agent) === 'loading'} />
        <h2>
          <bdi>{labelOf(agent)}</bdi>
        </h2>
        <p class="muted">{`${agent.model} · depth ${agent.depth} · ${endOf(agent)} · ${agentSummary(agent, now)}`}</p>
      </header>
      {agent.cachedFrom !== undefined && (
        <p class="muted">Answered from memory: the same as an earlier call of this run.</p>
      )}
      {role !== 'root' && <FoldedText title="Asked" text={agent.task} open={role === 'llm'} />}
      {agent.steps.map((step, index) => (
        <StepView key={stepKey(step, index)} agent={agent} step={step} {...around} />
      ))}
      {agent.steps.length === 0 && agent.outcome === undefined && <p class="muted">It has not begun yet.</p>}
      {agent.answer !== '' && role !== 'root' && <FoldedText title="Answered" text={agent.answer} open />}
      {role === 'root' && <RootAnswer run={run} shown={shown} onOpen={onOpen} />}
    </section>
  );
}

const endOf = ({ outcome, phase }: AgentState): string => (outcome === 'exhausted' ? 'limit reached' : phase);

type RootAnswerProps = Pick<AgentDetailProps, 'run' | 'shown' | 'onOpen'>;

const RootAnswer = ({ run, shown, onOpen }: RootAnswerProps & { readonly run: RunState }) =>
  run.answer === '' ? null : (
    <div class="root-answer">
      <h3>{run.end === undefined ? 'Answer so far' : 'Answer'}</h3>
      <Markdown text={run.answer} citations={shown} onOpen={onOpen} />
    </div>
  );
