import { type OutputUnit, Validator } from '@cfworker/json-schema';
import { jsonValues } from './extract-json.ts';
import { guardSchema } from './schema-guard.ts';

/** A JSON Schema, written by a model: untrusted. */
type ReplySchema = Readonly<Record<string, unknown>>;

export type ParsedReply =
  | { readonly kind: 'ok'; readonly value: unknown }
  /** `problem` is written for the model, which can mend its reply by it. */
  | { readonly kind: 'mismatch'; readonly problem: string };

/** Longer than any model's reply that is meant; bounds the time of a check. */
const maxReplyChars = 200_000;
const maxProblems = 5;
/** Deeper values make recursive code (here, and wherever the value goes) run out of stack. */
const maxReplyDepth = 200;

/** Goes at the end of a prompt. */
export function schemaInstruction(schema: ReplySchema): string {
  return [
    'Reply with one JSON value that matches this JSON Schema, and nothing else: no prose, no code fence.',
    JSON.stringify(schema),
  ].join('\n');
}

/** Why a schema cannot be used, written for the model that made it; `undefined` when it can. Ask before paying for a reply. */
export function schemaProblem(schema: ReplySchema): string | undefined {
  const guarded = guardSchema(schema);
  return guarded.kind === 'refused' ? guarded.problem : undefined;
}

/** Finds the JSON value in a reply that matches the schema. When none does, the problem is that of the first one. */
export function parseReply(reply: string, schema: ReplySchema): ParsedReply {
  const guarded = guardSchema(schema);
  if (guarded.kind === 'refused') return mismatch(guarded.problem);
  if (reply.length > maxReplyChars) return mismatch(`The reply is longer than ${maxReplyChars} characters.`);
  const validator = new Validator(guarded.schema as object, '2020-12', false);
  let problem: string | undefined;
  for (const value of jsonValues(reply)) {
    if (isDeeper(value, maxReplyDepth))
      return mismatch(`The JSON value is nested deeper than ${maxReplyDepth} levels.`);
    const result = validator.validate(value);
    if (result.valid) return { kind: 'ok', value };
    problem ??= describe(result.errors);
  }
  return mismatch(problem ?? 'The reply holds no JSON value. Reply with the JSON value alone.');
}

const mismatch = (problem: string): ParsedReply => ({ kind: 'mismatch', problem });

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((part) => isDeeper(part, levels - 1));
}

/** These only say that something below them is wrong, which is in the list as well. */
const wrappers = new Set(['properties', 'items', 'prefixItems', 'additionalItems', 'allOf', 'if', 'dependentSchemas']);

function describe(errors: readonly OutputUnit[]): string {
  const own = errors.filter((error) => !wrappers.has(error.keyword) && !isUnexpected(error, errors));
  const lines = [...new Set(own.map((error) => `${pathOf(error.instanceLocation)}: ${wordsOf(error)}`))];
  const more = lines.length > maxProblems ? [`… and ${lines.length - maxProblems} more`] : [];
  return [...lines.slice(0, maxProblems), ...more].join('; ');
}

/** A forbidden property is reported twice: by its owner, and as a `false` schema at its place. The second is the clearer. */
function isUnexpected(error: OutputUnit, all: readonly OutputUnit[]): boolean {
  return (
    error.keyword === 'additionalProperties' &&
    all.some((other) => other.instanceLocation.startsWith(`${error.instanceLocation}/`))
  );
}

function wordsOf(error: OutputUnit): string {
  return error.keyword === 'false'
    ? 'is not allowed here'
    : error.error.replace(/^Instance/, 'the value').replace(/\.$/, '');
}

/** `#/items/0/line` → `$.items[0].line`. */
function pathOf(pointer: string): string {
  const steps = pointer.split('/').slice(1);
  return steps.reduce((path, step) => path + accessor(decode(step)), '$');
}

function accessor(key: string): string {
  if (/^\d+$/.test(key)) return `[${key}]`;
  return /^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}

function decode(step: string): string {
  return decodeURIComponent(step.replaceAll('%23', '#')).replaceAll('~1', '/').replaceAll('~0', '~');
}
