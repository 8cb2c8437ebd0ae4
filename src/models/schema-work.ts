import type { Schema } from '@cfworker/json-schema';

/** What all checks of one reply may take together; a second or so at the very most, and less than a hundred megabytes. */
const maxWork = 5_000_000;
/** Looking at one value with one part of the schema: it may make an error of a few hundred bytes, which is copied upwards. */
const visitWork = 100;

const sameValue = { lists: ['allOf', 'anyOf', 'oneOf'], ones: ['not', 'if', 'then', 'else'] } as const;
const ofItems = ['items', 'additionalItems', 'unevaluatedItems', 'contains'] as const;
const ofProperties = ['additionalProperties', 'unevaluatedProperties'] as const;

/** Adds up what the validator would do with values, before it does it: a few thousand characters can make work without end. */
export class SchemaWork {
  #left = maxWork;

  /** Whether checking `value`, too, stays within what one reply may take. */
  admits(value: unknown, schema: Schema | boolean): boolean {
    this.#visit(value, schema);
    return this.#left >= 0;
  }

  #visit(value: unknown, schema: Schema | boolean): void {
    this.#left -= visitWork;
    if (this.#left < 0 || typeof schema === 'boolean') return;
    this.#left -= ownWork(value, schema);
    for (const key of sameValue.lists) for (const part of listOf(schema[key])) this.#visit(value, part);
    this.#each(sameValue.ones, schema, () => [value]);
    for (const part of Object.values(schema.dependentSchemas ?? {})) this.#visit(value, part);
    if (Array.isArray(value)) this.#items(value, schema);
    else if (typeof value === 'object' && value !== null) this.#properties(value as Fields, schema);
  }

  #items(values: readonly unknown[], schema: Schema): void {
    const { prefixItems, items } = schema;
    for (const parts of [listOf(prefixItems), listOf(items)])
      for (const [at, part] of parts.slice(0, values.length).entries()) this.#visit(values[at], part);
    this.#each(ofItems, schema, () => values);
  }

  #properties(fields: Fields, schema: Schema): void {
    for (const [key, part] of Object.entries(schema.properties ?? {}))
      if (Object.hasOwn(fields, key)) this.#visit(fields[key], part);
    this.#each(ofProperties, schema, () => Object.values(fields));
    this.#each(['propertyNames'], schema, () => Object.keys(fields));
  }

  #each(keys: readonly string[], schema: Schema, values: () => readonly unknown[]): void {
    for (const key of keys) {
      const part: unknown = schema[key];
      if (part === undefined || Array.isArray(part)) continue;
      for (const value of values()) {
        if (this.#left < 0) return;
        this.#visit(value, part as Schema | boolean);
      }
    }
  }
}

type Fields = Readonly<Record<string, unknown>>;

const listOf = (parts: unknown): readonly (Schema | boolean)[] => (Array.isArray(parts) ? parts : []);

/** Every name that is required may be an error of its own; an error of `enum` or `const` holds all that was allowed. */
function ownWork(value: unknown, schema: Schema): number {
  const { required = [], dependentRequired = {}, properties = {}, minLength, maxLength } = schema;
  const named = [required, ...Object.values(dependentRequired)].reduce((sum, names) => sum + names.length, 0);
  const counted = typeof value === 'string' && (minLength ?? maxLength) !== undefined ? value.length / 10 : 0;
  return named * visitWork + Object.keys(properties).length + breadthOf(value) + counted + comparing(value, schema);
}

/** Comparing goes through all of a value, for `enum` with each that is allowed, for `uniqueItems` with each other item. */
function comparing(value: unknown, schema: Schema): number {
  const { enum: allowed = [], const: only, uniqueItems } = schema;
  if (allowed.length === 0 && only === undefined && !uniqueItems) return 0;
  const said = JSON.stringify([allowed, only]).length;
  const items = uniqueItems && Array.isArray(value) ? value.length / 10 : 0;
  return said + sizeOf(value) * (1 + allowed.length / 10 + items);
}

const breadthOf = (value: unknown): number =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value).length : 0;

/** How many values it holds, itself included. */
const sizeOf = (value: unknown): number =>
  typeof value === 'object' && value !== null
    ? Object.values(value).reduce((sum: number, part) => sum + sizeOf(part), 1)
    : 1;
