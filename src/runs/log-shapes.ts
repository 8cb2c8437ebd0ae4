import type { CitationStatus } from '../citations/citation.ts';
import type { ReplOrigin } from '../conversation/describe-past.ts';
import type { CellStatus } from '../repl/repl.ts';
import type { AgentRole, Outcome, RunEvent } from './events.ts';

export interface TextRef {
  /** SHA-256 of the text, hexadecimal: the name of its file. */
  readonly $text: string;
  readonly chars: number;
}

/**
 * `object` and `array`: of whatever shape; `or-null`: a text or nothing. A list has elements of one kind; a record, these fields; what
 * is optional may be missing.
 */
type Kind =
  | 'string'
  | 'number'
  | 'date'
  | 'or-null'
  | 'object'
  | 'array'
  | 'amount'
  | OneOf
  | { readonly list: Kind }
  | { readonly optional: Kind }
  | Fields;
type OneOf = readonly string[];
interface Fields {
  readonly [name: string]: Kind;
}

const outcomes: readonly Outcome[] = ['answered', 'exhausted', 'cancelled', 'failed'];
const roles: readonly AgentRole[] = ['root', 'llm', 'rlm'];
const cellStatuses: readonly CellStatus[] = ['ok', 'error', 'interrupted', 'lost'];
const citationStatuses: readonly CitationStatus[] = ['verified', 'moved', 'unverified'];
const origins: readonly ReplOrigin[] = ['kept', 'rebuilt', 'fresh', 'apart'];

const commonFields: Fields = { seq: 'number', at: 'date', agentId: 'string', parentId: 'or-null' };
const coverage: Fields = {
  ...{ filesTotal: 'number', filesLoaded: 'number', bytesLoaded: 'number' },
  leftOut: { list: { path: 'string', reason: 'string', detail: 'string' } },
  scope: { optional: { paths: { list: 'string' }, filesOutside: 'number' } },
};
const citation: Fields = {
  ...{ path: 'string', startLine: 'number', endLine: 'number' },
  ...{ status: citationStatuses, quote: 'string', problem: 'string' },
};
const totals: Fields = {
  ...{ modelCalls: 'number', promptTokens: 'number', completionTokens: 'number', cachedTokens: 'number' },
  costUsd: 'amount',
};
const timings: Fields = {
  ...{ snapshotMs: 'number', replReadyMs: 'number', modelMs: 'number', cellMs: 'number', totalMs: 'number' },
};
const output: Fields = {
  ...{ head: 'string', tail: 'string', totalChars: 'number', totalLines: 'number', omittedChars: 'number' },
};
const usage: Fields = { promptTokens: 'number', completionTokens: 'number', cachedTokens: 'number' };
const request: Fields = { keep: 'number', add: { list: { role: 'string', content: 'string' } } };
const evidence: Fields = {
  ...{ filesSearched: 'number', filesRead: 'number', patterns: 'number', hitsFound: 'number', hitsGiven: 'number' },
};

const look: Fields = { kind: 'string', what: 'string', files: 'number', found: 'number', given: 'number' };

/** What readers rely on. A text may be a reference, so an object does for a string. */
export const fieldsOf: { readonly [type: string]: Fields } = {
  'run-start': {
    ...{ runId: 'string', question: 'string', limits: 'object', version: 'string' },
    models: { root: 'string', sub: 'string' },
  },
  snapshot: { snapshotId: 'string', roots: { list: 'string' }, coverage, ms: 'number' },
  'agent-start': { role: roles, depth: 'number', model: 'string', task: 'string' },
  resumed: {
    ...{ repl: origins, replayed: { list: 'object' }, told: 'string', ms: 'number', variables: { list: 'string' } },
    changes: { changed: { list: 'string' }, added: { list: 'string' }, removed: { list: 'string' } },
  },
  'model-start': { turn: 'number', promptChars: 'number' },
  'model-retry': { attempt: 'number', waitMs: 'number', reason: 'string' },
  'model-end': { turn: 'number', text: 'string', ms: 'number' },
  'cell-start': { cell: 'number', code: 'string' },
  'cell-end': {
    cell: 'number',
    status: cellStatuses,
    output,
    error: 'string',
    answer: { content: 'string' },
    ms: 'number',
  },
  'call-start': { callId: 'string', op: 'string', count: 'number' },
  'call-end': { callId: 'string', failed: 'number', ms: 'number' },
  refused: { what: 'string', reason: 'string' },
  nudge: { reason: 'string', text: 'string' },
  answer: { content: 'string' },
  citations: { citations: { list: citation } },
  'agent-end': { outcome: outcomes, answer: 'string', ms: 'number' },
  'run-end': {
    ...{ outcome: outcomes, answer: 'string', citations: { list: citation }, reason: 'string' },
    ...{ coverage, usage: { ...totals, byModel: { list: { model: 'string', ...totals } } }, timings },
  },
} satisfies Record<Exclude<RunEvent['type'], 'model-delta'>, Fields>;

/** What may be missing, but not be something else. */
const optionalFields: Fields = {
  ...{ usage, request, evidence, failure: { kind: 'string', message: 'string' } },
  ...{ callId: 'string', cachedFrom: 'string', reasoning: 'string', costUsd: 'number' },
  conversation: { id: 'string', turn: 'number' },
  looks: { list: look },
};
/** Those of them that are `null` where nothing is known. */
const unknowns: readonly string[] = ['usage', 'costUsd'];

/** https://tc39.es/ecma262/#sec-time-values-and-time-range */
const latestDate = 8.64e15;

/** The name of the first field that is not as readers rely on. */
export function wrongField(value: Readonly<Record<string, unknown>>, fields: Fields): string | undefined {
  const wrong = Object.entries({ ...fields, ...commonFields }).find(([name, kind]) => !fits(own(value, name), kind));
  if (wrong !== undefined) return wrong[0];
  const rest = Object.entries(optionalFields).filter(([name]) => !Object.hasOwn(fields, name));
  const isMissing = (name: string) =>
    own(value, name) === undefined || (value[name] === null && unknowns.includes(name));
  return rest.find(([name, kind]) => !isMissing(name) && !fits(value[name], kind))?.[0];
}

const own = (value: Readonly<Record<string, unknown>>, name: string): unknown =>
  Object.hasOwn(value, name) ? value[name] : undefined;

function fits(part: unknown, kind: Kind): boolean {
  switch (kind) {
    case 'string':
      return typeof part === 'string' || isTextRef(part);
    case 'number':
      return typeof part === 'number';
    case 'date':
      return typeof part === 'number' && Math.abs(part) <= latestDate;
    case 'or-null':
      return part === null || typeof part === 'string';
    case 'amount':
      return part === null || typeof part === 'number';
    case 'array':
      return Array.isArray(part);
    case 'object':
      return isRecord(part);
    default:
      if (isOneOf(kind)) return kind.some((one) => one === part);
      if (isOptional(kind)) return part === undefined || fits(part, kind.optional);
      if (isList(kind)) return Array.isArray(part) && part.every((item) => fits(item, kind.list));
      return isRecord(part) && Object.entries(kind).every(([name, inner]) => fits(own(part, name), inner));
  }
}

const isOneOf = (kind: Exclude<Kind, string>): kind is OneOf => Array.isArray(kind);
const isOptional = (kind: Exclude<Kind, string>): kind is { readonly optional: Kind } =>
  Object.hasOwn(kind, 'optional');
const isList = (kind: Exclude<Kind, string>): kind is { readonly list: Kind } => Object.hasOwn(kind, 'list');

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isTextRef = (value: unknown): value is TextRef & Readonly<Record<string, unknown>> =>
  isRecord(value) && typeof value.$text === 'string' && /^[0-9a-f]{64}$/.test(value.$text);
