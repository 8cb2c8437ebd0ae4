import type { ReplySchema } from './host-call.ts';
import { isRecord } from './plain-data.ts';

const maxSchemaChars = 20_000;
const maxDepth = 32;
/** Keywords whose object maps names to schemas: there `pattern` is the name of a property. */
const nameMaps: ReadonlySet<string> = new Set(['properties', '$defs', 'definitions', 'dependentSchemas']);

export type ParsedSchema = { readonly schema: ReplySchema } | { readonly refused: string };

/** A schema runs against replies on the host: nothing in it may hold a regular expression, which could run for ever. */
export function parseSchema(value: unknown): ParsedSchema {
  if (!isRecord(value)) return { refused: 'schema must be a JSON Schema object (a dict)' };
  const problem = findProblem(value, false, 0);
  if (problem !== '') return { refused: problem };
  if (JSON.stringify(value).length > maxSchemaChars)
    return { refused: `schema is limited to ${maxSchemaChars} characters of JSON` };
  return { schema: value };
}

function findProblem(value: unknown, isNameMap: boolean, depth: number): string {
  if (typeof value !== 'object' || value === null) return '';
  if (depth > maxDepth) return `schema is nested deeper than ${maxDepth}`;
  for (const [key, inner] of Object.entries(value)) {
    const problem =
      findKeyProblem(key, inner, isNameMap) || findProblem(inner, !isNameMap && nameMaps.has(key), depth + 1);
    if (problem !== '') return problem;
  }
  return '';
}

/** `$ref` can point at a map of names as if it were a schema, hence the second and third condition. */
function findKeyProblem(key: string, value: unknown, isNameMap: boolean): string {
  if (key === '__proto__') return 'schema may not use the key "__proto__"';
  const isKeyword = key === 'pattern' && (!isNameMap || typeof value === 'string');
  if (isKeyword || key === 'patternProperties')
    return `schema may not use "${key}": describe the format in words and use enum, minLength or maxLength`;
  return '';
}
