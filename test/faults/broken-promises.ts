import type { RunLimits } from '../../src/agent/limits.ts';
import type { RunEvent } from '../../src/runs/events.ts';
import { describeRun } from '../../src/runs/run-text.ts';
import type { SeededRun } from './run-seed.ts';

/** What of the engine's promises a run broke, a sentence each; empty when it kept them. */
export function brokenPromises(run: SeededRun): readonly string[] {
  return [
    ...ends(run),
    ...gaps(run.events),
    ...unended(run.events),
    ...leaks(run),
    ...overspent(run),
    ...unreadable(run),
  ];
}

function ends({ end, events }: SeededRun): readonly string[] {
  const count = events.filter(({ type }) => type === 'run-end').length;
  return [
    ...(count === 1 ? [] : [`${count} run-end events`]),
    ...(events.at(-1) === end ? [] : ['run-end is not the last event']),
    ...(end.answer.trim() === '' ? ['the answer is empty'] : []),
    ...(end.outcome === 'answered' || end.reason !== '' ? [] : [`${end.outcome} without a reason`]),
    ...(/internal error|undefined|\[object/.test(end.answer + end.reason) && end.outcome === 'answered'
      ? ['nonsense in the answer']
      : []),
  ];
}

function gaps(events: readonly RunEvent[]): readonly string[] {
  const logged = events.filter(({ type }) => type !== 'model-delta');
  return logged.every(({ seq }, at) => seq === at) ? [] : ['events are numbered with gaps'];
}

/** Whatever starts ends, before the run does. */
function unended(events: readonly RunEvent[]): readonly string[] {
  const open = new Map<string, number>();
  for (const event of events) {
    const [, what, edge] = /^(agent|model|cell|call)-(start|end)$/.exec(event.type) ?? [];
    if (what === undefined) continue;
    const key = `${what} of ${event.agentId}`;
    open.set(key, (open.get(key) ?? 0) + (edge === 'start' ? 1 : -1));
  }
  return [...open].filter(([, count]) => count !== 0).map(([key, count]) => `${count} ${key} without an end`);
}

const leaks = ({ world }: SeededRun): readonly string[] => [
  ...(world.openRepls === 0 ? [] : [`${world.openRepls} REPLs are open`]),
  ...(world.openStreams === 0 ? [] : [`${world.openStreams} model streams are open`]),
  ...(world.clock.pending === 0 ? [] : [`${world.clock.pending} timers are left`]),
];

function overspent({ end, events, limits, world, atOnce }: SeededRun): readonly string[] {
  const { modelCalls, promptTokens, completionTokens, costUsd } = end.usage;
  const started = events.filter(({ type }) => type === 'model-start').length;
  const depth = Math.max(0, ...events.map((event) => (event.type === 'agent-start' ? event.depth : 0)));
  const tokens = promptTokens + completionTokens;
  return [
    ...(modelCalls <= limits.maxCalls ? [] : [`${modelCalls} of ${limits.maxCalls} calls`]),
    ...(modelCalls === started ? [] : [`${modelCalls} calls counted, ${started} started`]),
    ...(tokens <= limits.maxTokens || world.overtaken ? [] : [`${tokens} of ${limits.maxTokens} tokens`]),
    ...((costUsd ?? 0) <= limits.maxCostUsd + 1e-9 || world.overtaken ? [] : [`$${costUsd} of $${limits.maxCostUsd}`]),
    ...(Number.isFinite(tokens) && Number.isFinite(costUsd ?? 0) ? [] : ['sums without end']),
    ...startedWhenSpent(events, limits),
    ...(depth <= limits.maxDepth ? [] : [`depth ${depth} of ${limits.maxDepth}`]),
    ...(world.mostStreams <= limits.maxConcurrent * atOnce
      ? []
      : [`${world.mostStreams} of ${limits.maxConcurrent} requests at once`]),
  ];
}

/** Whatever a server says it took: once the limit is passed, nothing more is asked. */
function startedWhenSpent(events: readonly RunEvent[], { maxTokens, maxCostUsd }: RunLimits): readonly string[] {
  let [tokens, costUsd] = [0, 0];
  for (const event of events) {
    if (event.type === 'model-start' && (tokens > maxTokens || costUsd > maxCostUsd + 1e-9))
      return ['asked when all was spent'];
    if (event.type !== 'model-end') continue;
    tokens += (event.usage?.promptTokens ?? 0) + (event.usage?.completionTokens ?? 0);
    costUsd += event.costUsd ?? 0;
  }
  return [];
}

function unreadable({ events }: SeededRun): readonly string[] {
  return describeRun(events).length > 0 ? [] : ['the run has no text'];
}
