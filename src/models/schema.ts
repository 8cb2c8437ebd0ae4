import { type OutputUnit, Validator } from '@cfworker/json-schema';
import { jsonValues } from './extract-json.ts';
import { guardSchema } from './schema-guard.ts';
import { SchemaWork } from './schema-work.ts';

/** A JSON Schema, written by a model: untrusted. */
type ReplySchema = Readonly<Record<string, unknown>>;

export type ParsedReply =
  | { readonly kind: 'ok'; readonly value: unknown }
  /** `problem` is written for the model, which can mend its reply by it. */
  | { readonly kind: 'mismatch'; readonly problem: string };

/** Longer than any model's reply that is meant; bounds the time of a check. */
const maxReplyChars = 200_000;
const maxProblems = 5;
/** Of one problem: its path and the values that are allowed may be long. */
const maxProblemChars = 1000;
/** As many are looked at for what to say. */
const maxErrors = 500;
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
  const work = new SchemaWork();
  let problem: string | undefined;
  for (const value of jsonValues(reply)) {
    if (isDeeper(value, maxReplyDepth))
      return mismatch(`The JSON value is nested deeper than ${maxReplyDepth} levels.`);
    if (!work.admits(value, guarded.schema))
      return mismatch(
        'Checking the reply against the schema would take too long: use a simpler schema, or a shorter reply.',
      );
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

function describe(all: readonly OutputUnit[]): string {
  const errors = all.filter(({ keyword }) => !wrappers.has(keyword)).slice(0, maxErrors);
  const own = errors.filter((error) => !isUnexpected(error, errors));
  const lines = [...new Set(own.map(lineOf))];
  const more = lines.length > maxProblems ? [`… and ${lines.length - maxProblems} more`] : [];
  return [...lines.slice(0, maxProblems), ...more].join('; ');
}

function lineOf(error: OutputUnit): string {
  const line = `${pathOf(error.instanceLocation)}: ${wordsOf(error)}`;
  return line.length > maxProblemChars ? `${line.slice(0, maxProblemChars)}…` : line;
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
