import { useState } from 'preact/hooks';
import { duration, fullCount, plural } from '../../src/runs/format.ts';
import type { AgentState, RunState, SubCall } from '../../src/runs/run-state.ts';
import { Plain } from '../shared/code.tsx';
import { Icon } from '../shared/icon.tsx';
import { agentSummary, iconOf } from '../shared/status.ts';
import { labelOf } from './tree-rows.ts';

interface CallProps {
  readonly run: RunState;
  readonly call: SubCall;
  readonly now: number;
  readonly onChoose: (agentId: string) => void;
}

const shownCalls = 50;

/** A sub-call; unfolded, the agents that it made, each with its prompt and reply. */
export function Call({ run, call, now, onChoose }: CallProps) {
  const [open, setOpen] = useState(false);
  const children = [...call.children];
  const agents = open ? children.slice(0, shownCalls).flatMap((id) => run.agents.get(id) ?? []) : [];
  return (
    <details class="call" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <Icon name="chevron-right" />
        <Icon name="arrow-right" />
        <span class="grow">{callTitle(call)}</span>
        <span>{call.ms === undefined ? `${call.ended} of ${call.count} done` : duration(call.ms)}</span>
      </summary>
      {agents.map((agent) => (
        <Exchange key={agent.id} agent={agent} now={now} onChoose={onChoose} />
      ))}
      {open && children.length > shownCalls && (
        <p class="muted">{`${fullCount(children.length - shownCalls)} more are in the tree.`}</p>
      )}
    </details>
  );
}

function callTitle({ op, count, failed, cached }: SubCall): string {
  const noun = op.startsWith('rlm') ? 'question' : 'prompt';
  const parts = [op, plural(count, noun)];
  if (failed > 0) parts.push(`${failed} failed`);
  if (cached > 0) parts.push(`${cached} from memory`);
  return parts.join(' · ');
}

type ExchangeProps = Pick<CallProps, 'now' | 'onChoose'> & { readonly agent: AgentState };

/** One prompt and its reply. */
function Exchange({ agent, now, onChoose }: ExchangeProps) {
  const [open, setOpen] = useState(false);
  return (
    <details class="exchange" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary class={agent.phase}>
        <Icon name="chevron-right" />
        <Icon name={iconOf(agent)} spin={iconOf(agent) === 'loading'} />
        <bdi class="ellipsis grow">{labelOf(agent)}</bdi>
        <span class="nowrap">{agentSummary(agent, now)}</span>
      </summary>
      {open && (
        <>
          <Plain text={agent.task} label="Prompt" />
          {agent.answer !== '' && <Plain text={agent.answer} label="Reply" />}
          <button type="button" class="link" onClick={() => onChoose(agent.id)}>
            Open this agent
          </button>
        </>
      )}
    </details>
  );
}
