import { costOf } from '../models/cost.ts';
import type { Message, ModelFailure, ModelRequest, Usage } from '../models/model.ts';
import { profiles } from '../models/profiles/profile.ts';
import { ModelPlace } from './model-place.ts';
import { changeOf, charsOf, promptTokensOf, tooLongFor, unchangedChars } from './prompt-fit.ts';
import { type Agent, type RunContext, stopReasonOf } from './run-context.ts';

export type ModelReply =
  | { readonly kind: 'reply'; readonly text: string; readonly finish: 'stop' | 'length' }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'failed'; readonly failure: ModelFailure };

export interface ModelCall {
  readonly messages: readonly Message[];
  readonly turn: number;
  readonly purpose: 'work' | 'final';
  /** What this conversation's previous request held; absent for its first. */
  readonly previous?: readonly Message[];
}

/** Most tokens one reply may have, hidden reasoning included. */
const outputTokens = { root: 32_000, rlm: 16_000, llm: 16_000 } as const;

/** One budgeted, logged model call. Never rejects. */
export async function callModel(run: RunContext, agent: Agent, call: ModelCall): Promise<ModelReply> {
  const place = new ModelPlace(run.slots, agent.signal);
  try {
    await place.take();
  } catch {
    return cancelled(agent);
  }
  try {
    return await callWithinBudget(run, agent, call, place);
  } finally {
    place.giveUp();
  }
}

async function callWithinBudget(
  run: RunContext,
  agent: Agent,
  call: ModelCall,
  place: ModelPlace,
): Promise<ModelReply> {
  const tooLong = tooLongFor(agent.model, call.messages);
  if (tooLong !== undefined) {
    run.emit(agent, { type: 'refused', what: 'model call', reason: tooLong });
    return { kind: 'failed', failure: { kind: 'context-length', message: tooLong } };
  }
  const grant = run.ledger.reserve({ ...estimateCall(agent, call.messages), purpose: call.purpose });
  if (grant.kind === 'refused') {
    run.emit(agent, { type: 'refused', what: 'model call', reason: grant.reason });
    return grant;
  }
  startCall(run, agent, call);
  const startedAt = run.clock.now();
  const request = { messages: call.messages, maxOutputTokens: grant.maxOutputTokens };
  const outcome = await listen(run, agent, request, place);
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
    ...(outcome.requestId !== undefined && { requestId: outcome.requestId }),
    ...(failure && { failure }),
  });
  if (failure?.kind === 'cancelled') return cancelled(agent);
  return failure ? { kind: 'failed', failure } : { kind: 'reply', text: outcome.text, finish: outcome.finish };
}

function startCall(run: RunContext, agent: Agent, { turn, messages, previous }: ModelCall): void {
  const promptChars = charsOf(messages);
  const unchanged = previous === undefined ? undefined : unchangedChars(previous, messages);
  if (unchanged !== undefined) run.meter.addPrefix(unchanged, promptChars);
  run.emit(agent, {
    type: 'model-start',
    turn,
    promptChars,
    ...(unchanged !== undefined && { unchangedChars: unchanged }),
    request: changeOf(previous ?? [], messages),
  });
}

interface StreamOutcome {
  readonly text: string;
  readonly reasoning: string;
  readonly requestId?: string;
  readonly usage: Usage | null;
  readonly finish: 'stop' | 'length';
  readonly failure?: ModelFailure;
}

/** A model that throws, against its contract, has failed like any other: its call is counted and its end logged. */
async function listen(run: RunContext, agent: Agent, request: ModelRequest, place: ModelPlace): Promise<StreamOutcome> {
  try {
    return await consume(run, agent, request, place);
  } catch (error) {
    const message = `${agent.model.spec} broke off: ${error instanceof Error ? error.message : String(error)}`;
    const failure = { kind: agent.signal.aborted ? 'cancelled' : 'bad-response', message } as const;
    return { text: '', reasoning: '', usage: null, finish: 'stop', failure };
  }
}

async function consume(
  run: RunContext,
  agent: Agent,
  request: ModelRequest,
  place: ModelPlace,
): Promise<StreamOutcome> {
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
      case 'was-thought':
        reasoning += text;
        text = '';
        break;
      case 'retry':
        run.emit(agent, { type: 'model-retry', attempt: event.attempt, waitMs: event.waitMs, reason: event.reason });
        place.giveUp();
        break;
      case 'resume':
        // Aborted while it waits: the model sees that for itself and ends.
        await place.take().catch(() => undefined);
        break;
      case 'done':
        return { text, reasoning, ...idOf(event), usage: event.usage, finish: event.finish };
      case 'failed':
        return { text, reasoning, ...idOf(event), usage: event.usage ?? null, finish: 'stop', failure: event.failure };
    }
  }
  const failure = { kind: 'bad-response', message: `${agent.model.spec} ended its reply without saying so.` } as const;
  return { text, reasoning, usage: null, finish: 'stop', failure };
}

const idOf = ({ requestId }: { readonly requestId?: string }) => (requestId === undefined ? {} : { requestId });

export function estimateCall({ model, role }: Agent, messages: readonly Message[]) {
  const { replyTokens } = profiles[model.profile ?? 'frontier'];
  const most = Math.min(outputTokens[role], ...[replyTokens, model.maxOutputTokens].filter((n) => n !== undefined));
  return { promptTokens: promptTokensOf(messages), outputTokens: most, price: model.price };
}

function cancelled(agent: Agent): ModelReply {
  return { kind: 'failed', failure: { kind: 'cancelled', message: stopReasonOf(agent.signal).message } };
}
