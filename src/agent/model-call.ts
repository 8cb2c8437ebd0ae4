import { costOf } from '../models/cost.ts';
import type { Message, ModelFailure, ModelRequest, Usage } from '../models/model.ts';
import { estimateTokens } from '../models/tokens.ts';
import { type Agent, type RunContext, stopReasonOf } from './run-context.ts';

export type ModelReply =
  | { readonly kind: 'reply'; readonly text: string; readonly finish: 'stop' | 'length' }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'failed'; readonly failure: ModelFailure };

export interface ModelCall {
  readonly messages: readonly Message[];
  readonly turn: number;
  readonly purpose: 'work' | 'final';
}

/** Most tokens one reply may have, hidden reasoning included. */
const outputTokens = { root: 32_000, rlm: 16_000, llm: 16_000 } as const;

/** One budgeted, logged model call. Never rejects. */
export async function callModel(run: RunContext, agent: Agent, call: ModelCall): Promise<ModelReply> {
  let leave: () => void;
  try {
    leave = await run.slots.acquire(agent.signal);
  } catch {
    return cancelled(agent);
  }
  try {
    return await callWithinBudget(run, agent, call);
  } finally {
    leave();
  }
}

async function callWithinBudget(run: RunContext, agent: Agent, call: ModelCall): Promise<ModelReply> {
  const grant = run.ledger.reserve({ ...estimateCall(agent, call.messages), purpose: call.purpose });
  if (grant.kind === 'refused') {
    run.emit(agent, { type: 'refused', what: 'model call', reason: grant.reason });
    return grant;
  }
  run.emit(agent, { type: 'model-start', turn: call.turn, promptChars: countChars(call.messages) });
  const startedAt = run.clock.now();
  const outcome = await consume(run, agent, { messages: call.messages, maxOutputTokens: grant.maxOutputTokens });
  const ms = run.clock.now() - startedAt;
  const costUsd = outcome.usage === null ? undefined : costOf(outcome.usage, agent.model.price);
  grant.settle(outcome.usage, costUsd);
  run.meter.add(agent.model.spec, outcome.usage, costUsd, ms);
  const { failure } = outcome;
  run.emit(agent, {
    type: 'model-end',
    turn: call.turn,
    text: outcome.text,
    ...(outcome.reasoning !== '' && { reasoning: outcome.reasoning }),
    usage: outcome.usage,
    costUsd: costUsd ?? null,
    ms,
    ...(failure && { failure }),
  });
  if (failure?.kind === 'cancelled') return cancelled(agent);
  return failure ? { kind: 'failed', failure } : { kind: 'reply', text: outcome.text, finish: outcome.finish };
}

interface StreamOutcome {
  readonly text: string;
  readonly reasoning: string;
  readonly usage: Usage | null;
  readonly finish: 'stop' | 'length';
  readonly failure?: ModelFailure;
}

async function consume(run: RunContext, agent: Agent, request: ModelRequest): Promise<StreamOutcome> {
  let text = '';
  let reasoning = '';
  for await (const event of agent.model.stream(request, agent.signal)) {
    switch (event.kind) {
      case 'text':
        text += event.text;
        run.emit(agent, { type: 'model-delta', text: event.text });
        break;
      case 'reasoning':
        reasoning += event.text;
        run.emit(agent, { type: 'model-delta', text: event.text, reasoning: true });
        break;
      case 'retry':
        run.emit(agent, { type: 'model-retry', attempt: event.attempt, waitMs: event.waitMs, reason: event.reason });
        break;
      case 'done':
        return { text, reasoning, usage: event.usage, finish: event.finish };
      case 'failed':
        return { text, reasoning, usage: event.usage ?? null, finish: 'stop', failure: event.failure };
    }
  }
  const failure = { kind: 'bad-response', message: `${agent.model.spec} ended its reply without saying so.` } as const;
  return { text, reasoning, usage: null, finish: 'stop', failure };
}

export function estimateCall(agent: Agent, messages: readonly Message[]) {
  const promptTokens = messages.reduce((sum, message) => sum + estimateTokens(message.content) + 4, 0);
  return { promptTokens, outputTokens: outputTokens[agent.role], price: agent.model.price };
}

const countChars = (messages: readonly Message[]) => messages.reduce((sum, message) => sum + message.content.length, 0);

function cancelled(agent: Agent): ModelReply {
  return { kind: 'failed', failure: { kind: 'cancelled', message: stopReasonOf(agent.signal).message } };
}
