import { defaultLimits, type RunLimits } from '../agent/limits.ts';
import type { Citation } from '../citations/citation.ts';
import { verifyCitations } from '../citations/verify.ts';
import { createEngine } from '../engine.ts';
import type { EnginePorts } from '../engine-api.ts';
import type { LanguageModel } from '../models/model.ts';
import type { ModelTier } from '../repl/host-call.ts';
import { filesSearchedBy } from '../runs/evidence.ts';
import type { Snapshot } from '../workspace/snapshot.ts';
import { bareModel, bareRepls } from './bare.ts';
import { isRight } from './grade.ts';
import { askedOf, type EvalItem, type LineSpan } from './item.ts';
import { askOnce } from './one-call.ts';
import type { EvalRecord } from './record.ts';
import { scoreRetrieval } from './retrieval-score.ts';
import type { EvalTask } from './schedule.ts';
import { parseSystem, type System } from './systems.ts';

export type EvalPorts = Omit<EnginePorts, 'loadSnapshot' | 'models'>;

export interface TaskContext {
  readonly ports: EvalPorts;
  readonly snapshot: Snapshot;
  readonly models: Readonly<Record<ModelTier, LanguageModel>>;
  /** What one run may take. */
  readonly limits: Partial<RunLimits>;
  /** Tokens of a prompt for models whose window is unknown. */
  readonly windowTokens: number;
}

/** What a system made of a question, unscored. */
type Made = Pick<
  EvalRecord,
  'outcome' | 'reason' | 'answer' | 'searched' | 'promptTokens' | 'completionTokens' | 'modelCalls' | 'costUsd'
> & { readonly citations: readonly Citation[]; readonly ranked?: Ranked };

interface Ranked {
  readonly files: readonly string[];
  readonly lines: readonly LineSpan[];
}

/** Has one system answer one item, and scores it. @returns `undefined` when it was interrupted: that is no result. */
export async function runTask(
  { key, item, system: name, repeat }: EvalTask,
  context: TaskContext,
  signal: AbortSignal,
): Promise<EvalRecord | undefined> {
  const system = parseSystem(name);
  if (system === undefined) throw new Error(`there is no system '${name}'`);
  const { clock } = context.ports;
  const startedAt = clock.now();
  const made = await make(system, item, context, signal);
  if (signal.aborted) return undefined;
  const { citations, ranked = cited(citations), ...rest } = made;
  const { answer: gold } = item.gold;
  return {
    type: 'result',
    key,
    item: item.id,
    kind: item.kind,
    system: name,
    repeat,
    contextTokens: item.corpus.tokens ?? Math.round(context.snapshot.coverage.bytesLoaded / 4),
    ...rest,
    right: gold === undefined || system.kind === 'retrieval' ? null : isRight(made.answer, gold),
    files: ranked.files,
    lines: ranked.lines,
    retrieval: scoreRetrieval(item.gold, ranked.files, ranked.lines),
    citations: citations.length,
    standing: citations.filter((one) => stands(one, context.snapshot)).length,
    ms: clock.now() - startedAt,
  };
}

function make(system: System, item: EvalItem, context: TaskContext, signal: AbortSignal): Promise<Made> {
  if (system.kind === 'retrieval') return retrieve(item.question, context, signal);
  if (system.kind === 'rlm') return askEngine(system, askedOf(item), context, signal);
  return askModel(system.kind, item, context, signal);
}

const nothingSpent = { promptTokens: 0, completionTokens: 0, modelCalls: 0, costUsd: 0 } as const;

async function retrieve(question: string, { ports, snapshot }: TaskContext, signal: AbortSignal): Promise<Made> {
  const { hits } = await ports.search.search({ text: question, k: 20 }, { snapshot, texts: {} }, signal);
  const lines = hits.flatMap(({ path, start, end, also }) =>
    [[start, end] as const, ...also].map(([first, last]) => [path, first, last] as const),
  );
  const ranked = { files: [...new Set(hits.map(({ path }) => path))], lines };
  return { outcome: 'answered', reason: '', answer: '', searched: 1, citations: [], ranked, ...nothingSpent };
}

async function askModel(
  kind: 'base' | 'search',
  item: EvalItem,
  { ports, snapshot, models, limits, windowTokens }: TaskContext,
  signal: AbortSignal,
): Promise<Made> {
  const { maxCostUsd, maxTokens, maxSeconds } = { ...defaultLimits, ...limits };
  const overTime = new AbortController();
  const callOff = ports.clock.after(maxSeconds * 1000, () => overTime.abort());
  const either = AbortSignal.any([signal, overTime.signal]);
  const call = { model: models.root, snapshot, search: ports.search, windowTokens, maxCostUsd, maxTokens };
  const reply = await askOnce(kind, item, call, either).finally(callOff);
  const { answer, citations } = verifyCitations(reply.text, snapshot);
  return {
    outcome: reply.failure === undefined ? 'answered' : 'failed',
    reason: reply.failure ?? '',
    answer,
    citations,
    searched: null,
    promptTokens: reply.usage?.promptTokens ?? 0,
    completionTokens: reply.usage?.completionTokens ?? 0,
    modelCalls: reply.usage === null && reply.costUsd === 0 ? 0 : 1,
    costUsd: reply.costUsd,
  };
}

async function askEngine(
  { depth, bare }: Extract<System, { kind: 'rlm' }>,
  question: string,
  { ports, snapshot, models, limits }: TaskContext,
  signal: AbortSignal,
): Promise<Made> {
  const engine = createEngine({
    ...ports,
    ...(bare && { repls: bareRepls(ports.repls) }),
    models: bare ? { root: bareModel(models.root), sub: bareModel(models.sub) } : models,
    loadSnapshot: async () => snapshot,
  });
  // Not closed: the ports are everybody's.
  const end = await engine.ask(question, { limits: { ...limits, maxDepth: depth }, signal }).done;
  const { usage, evidence, coverage } = end;
  return {
    outcome: end.outcome,
    reason: end.reason,
    answer: end.answer,
    citations: end.citations,
    searched:
      evidence === undefined ? null : Math.min(1, filesSearchedBy(evidence) / Math.max(1, coverage.filesLoaded)),
    promptTokens: usage.promptTokens,
    completionTokens: usage.completionTokens,
    modelCalls: usage.modelCalls,
    costUsd: usage.costUsd,
  };
}

const cited = (citations: readonly Citation[]): Ranked => ({
  files: [...new Set(citations.map(({ path }) => path))],
  lines: citations.map(({ path, startLine, endLine }) => [path, startLine, endLine] as const),
});

/** Compared with the files once more: a badge alone proves nothing here. */
const stands = ({ path, startLine, endLine, status, quote }: Citation, snapshot: Snapshot): boolean =>
  status !== 'unverified' && snapshot.lines(path, startLine, endLine)?.join('\n') === quote;
