import type { RunEvent } from '../events.ts';
import { emptyRun, reduceRun } from '../run-tree.ts';
import { rewardOf, rewardsOf } from './rewards.ts';
import { type Trajectory, type TrajectoryMessage, trajectoriesOf } from './trajectory.ts';

export type TrainingFormat = 'sft' | 'verifiers';

/** A run as lines of JSON, one for each agent's conversation. The format: docs/training-export.md */
export function trainingRows(events: readonly RunEvent[], format: TrainingFormat): readonly string[] {
  const run = events.reduce(reduceRun, emptyRun);
  return trajectoriesOf(events).flatMap((trajectory) => {
    const agent = run.agents.get(trajectory.agentId);
    if (agent === undefined) return [];
    const rewards = rewardsOf(run, agent);
    const about = {
      ...{ run_id: run.runId, agent_id: agent.id, parent_id: agent.parentId, segment: trajectory.segment },
      ...{ role: agent.role, depth: agent.depth, model: agent.model, question: run.question, task: agent.task },
      ...{ outcome: agent.outcome ?? 'cancelled', run_outcome: run.outcome ?? 'cancelled', exact: trajectory.exact },
    };
    const row = format === 'sft' ? sftRow(trajectory) : verifiersRow(trajectory);
    const head = { format: `ask-codebase-${format}`, version: 1 };
    if (format === 'sft') return JSON.stringify({ ...head, ...about, ...row, rewards });
    // Metrics are numbers; what is unknown is left out. The answer of a dataset would be the true one, which nobody knows here.
    const metrics = Object.fromEntries(Object.entries(rewards).filter(([, value]) => value !== null));
    const info = { ...about, answer: agent.answer };
    return JSON.stringify({
      ...head,
      ...row,
      answer: '',
      task: 'ask-codebase',
      reward: rewardOf(rewards),
      metrics,
      info,
    });
  });
}

function sftRow({ messages }: Trajectory) {
  return {
    messages: messages.map(chatMessage),
    sources: messages.map(({ source }) => source),
    loss_mask: messages.map(({ source }) => (source === 'reply' ? 1 : 0)),
    sampled: spansOf(messages),
  };
}

/** Its prompt is all before the first sampled reply; the rest is its completion. */
function verifiersRow({ messages }: Trajectory) {
  const first = messages.findIndex(({ source }) => source === 'reply');
  const completion = messages.slice(first);
  return {
    prompt: messages.slice(0, first).map(chatMessage),
    completion: completion.map(chatMessage),
    completion_mask: completion.map(({ source }) => (source === 'reply' ? 1 : 0)),
    sampled: spansOf(completion),
  };
}

const chatMessage = ({ role, content, reasoning }: TrajectoryMessage) => ({
  ...{ role, content },
  ...(reasoning !== undefined && { reasoning_content: reasoning }),
});

/** Of each sampled reply: its message, and from which code point to before which. */
const spansOf = (messages: readonly TrajectoryMessage[]) =>
  messages.flatMap(({ source, sampled }, message) => (source === 'reply' ? [{ message, start: 0, end: sampled }] : []));
