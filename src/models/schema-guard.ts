import type { Schema } from '@cfworker/json-schema';

/** A schema made safe to check replies with, or why it cannot be. */
export type GuardedSchema =
  | { readonly kind: 'ok'; readonly schema: Schema | boolean }
  | { readonly kind: 'refused'; readonly problem: string };

/** Of the copy, in which every reference to a part is a part of its own. */
const maxParts = 2000;
/** All keys of all parts, those that say nothing about validity as well. */
const maxKeys = 50_000;
const maxDepth = 60;
const maxChars = 50_000;

/** Keywords that hold one schema, a list of them, a map of them, or plain data. Others say nothing about validity, or are refused. */
const one = new Set(
  [
    'items additionalItems unevaluatedItems contains additionalProperties unevaluatedProperties propertyNames',
    'not if then else',
  ].flatMap((words) => words.split(' ')),
);
const list = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems', 'items']);
const map = new Set(['properties', 'dependentSchemas']);
const data = new Set(
  [
    'type const enum required dependentRequired minimum maximum exclusiveMinimum exclusiveMaximum multipleOf',
    'minLength maxLength minItems maxItems uniqueItems minContains maxContains minProperties maxProperties',
  ].flatMap((words) => words.split(' ')),
);
/** A host regex written by a model could run for ever; so could some that the validator uses for `format`, which is left unchecked. */
const refused = new Set(['pattern', 'patternProperties', '$recursiveRef', '$dynamicRef', 'dependencies']);

/**
 * Copies an untrusted schema: keeps the keywords that are known to be safe, puts the target of every local `$ref` in its
 * place, and refuses what could hang the host. The original is not touched (the validator writes into what it gets).
 */
export function guardSchema(schema: unknown): GuardedSchema {
  if (JSON.stringify(schema).length > maxChars) {
    return { kind: 'refused', problem: `The schema cannot be used: it is longer than ${maxChars} characters.` };
  }
  try {
    return { kind: 'ok', schema: new Guard(schema).copy(schema, 0) };
  } catch (error) {
    if (error instanceof Refusal) return { kind: 'refused', problem: `The schema cannot be used: ${error.message}` };
    throw error;
  }
}

const tooLarge = 'it is too large, or refers to itself.';

class Refusal extends Error {}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

class Guard {
  readonly #root: unknown;
  #parts = 0;
  #keys = 0;

  constructor(root: unknown) {
    this.#root = root;
  }

  copy(schema: unknown, depth: number): Schema | boolean {
    if (++this.#parts > maxParts || depth > maxDepth) throw new Refusal(tooLarge);
    if (typeof schema === 'boolean') return schema;
    if (!isFields(schema)) throw new Refusal('a schema must be an object, true or false.');
    const entries = Object.entries(schema);
    this.#keys += entries.length;
    if (this.#keys > maxKeys) throw new Refusal(tooLarge);
    const fields = entries.flatMap(([key, value]) => this.#keyword(key, value, depth + 1));
    const kept: Schema = Object.fromEntries(fields);
    const { $ref } = schema;
    return $ref === undefined ? kept : { allOf: [kept, this.copy(this.#target($ref), depth + 1) as Schema] };
  }

  #keyword(key: string, value: unknown, depth: number): [string, unknown][] {
    if (refused.has(key)) throw new Refusal(`"${key}" is not supported.`);
    if (map.has(key)) return [[key, this.#map(key, value, depth)]];
    if (list.has(key) && Array.isArray(value)) return [[key, value.map((part) => this.copy(part, depth))]];
    if (one.has(key)) return [[key, this.copy(value, depth)]];
    if (list.has(key)) throw new Refusal(`"${key}" must be a list of schemas.`);
    return data.has(key) ? [[key, checkedData(key, value)]] : [];
  }

  #map(key: string, value: unknown, depth: number): Fields {
    if (!isFields(value)) throw new Refusal(`"${key}" must be an object of schemas.`);
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, this.copy(part, depth)]));
  }

  /** Follows a JSON pointer within the schema: `#`, `#/$defs/name`. */
  #target(ref: unknown): unknown {
    if (typeof ref !== 'string' || !/^#(\/|$)/.test(ref)) {
      throw new Refusal(`"$ref" may only point into the same schema, such as "#/$defs/item".`);
    }
    let here = this.#root;
    for (const step of ref.split('/').slice(1)) {
      const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
      if (typeof here !== 'object' || here === null || !Object.hasOwn(here, key))
        throw new Refusal(`"${ref}" points nowhere.`);
      here = (here as Fields)[key];
    }
    return here;
  }
}

/** The validator trusts these shapes and would throw, or accept everything, on others. */
function checkedData(key: string, value: unknown): unknown {
  const isList = key === 'enum' || key === 'required';
  if (isList && !Array.isArray(value)) throw new Refusal(`"${key}" must be a list.`);
  if (key === 'type' && typeof value !== 'string' && !Array.isArray(value))
    throw new Refusal('"type" must be a name or a list of names.');
  if (/^(min|max|exclusive|multiple)/.test(key) && typeof value !== 'number')
    throw new Refusal(`"${key}" must be a number.`);
  if (key !== 'dependentRequired') return value;
  if (isFields(value) && Object.values(value).every(Array.isArray)) return value;
  throw new Refusal('"dependentRequired" must be an object of lists.');
}
