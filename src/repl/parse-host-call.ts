import type { ChildFiles, ChildTask, HostCall, ModelTier, ReplySchema } from './host-call.ts';
import { readGitQuery, readSymbolQuery } from './parse-lookup.ts';
import { parseSchema } from './parse-schema.ts';
import { isRecord } from './plain-data.ts';
import { Refusal, readPath, readText } from './read-value.ts';

const maxBatch = 2000;
const maxPaths = 200_000;
const maxQueryChars = 20_000;
const maxHits = 1000;

/** `refused` says why, for the model that called. */
export type ParsedHostCall = { readonly call: HostCall } | { readonly refused: string };

/** What Python asked for, checked value by value; unknown keys are dropped. Never throws. */
export function parseHostCall(value: unknown): ParsedHostCall {
  try {
    return { call: readCall(value) };
  } catch (error) {
    if (error instanceof Refusal) return { refused: error.message };
    return { refused: 'the request could not be read' };
  }
}

function readCall(value: unknown): HostCall {
  if (!isRecord(value)) throw new Refusal('a request must be an object');
  switch (value.op) {
    case 'llm_query':
      return { op: 'llm_query', prompt: readText(value.prompt, 'prompt'), ...readModel(value), ...readSchema(value) };
    case 'llm_batch':
      return {
        op: 'llm_batch',
        prompts: readList(value.prompts, 'prompts').map((prompt) => readText(prompt, 'every prompt')),
        ...readModel(value),
        ...readSchema(value),
      };
    case 'rlm_query':
      return { op: 'rlm_query', child: readChild(value.child), ...readSchema(value) };
    case 'rlm_batch':
      return { op: 'rlm_batch', children: readList(value.children, 'tasks').map(readChild), ...readSchema(value) };
    case 'search':
      return { op: 'search', query: readQuery(value.query), k: readCount(value.k), files: readFiles(value.files) };
    case 'budget':
      return { op: 'budget' };
    case 'symbols':
      return { op: 'symbols', query: readSymbolQuery(value.query) };
    case 'git':
      return { op: 'git', query: readGitQuery(value.query) };
    default:
      throw new Refusal('unknown operation');
  }
}

function readList(value: unknown, name: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new Refusal(`${name} must be a list`);
  if (value.length > maxBatch) throw new Refusal(`${name} is limited to ${maxBatch} items, not ${value.length}`);
  return value;
}

function readModel({ model }: Readonly<Record<string, unknown>>): { readonly model?: ModelTier } {
  if (model === undefined || model === null) return {};
  if (model === 'root' || model === 'sub') return { model };
  throw new Refusal('model must be "root" or "sub"');
}

function readSchema({ schema }: Readonly<Record<string, unknown>>): { readonly schema?: ReplySchema } {
  if (schema === undefined || schema === null) return {};
  const parsed = parseSchema(schema);
  if ('refused' in parsed) throw new Refusal(parsed.refused);
  return { schema: parsed.schema };
}

function readChild(value: unknown): ChildTask {
  if (!isRecord(value)) throw new Refusal('a task must be an object');
  return { task: readText(value.task, 'task'), ...readFiles(value) };
}

function readFiles(value: unknown): ChildFiles {
  if (!isRecord(value)) throw new Refusal('files must be an object');
  return { paths: readPaths(value.paths), texts: readTexts(value.texts) };
}

function readQuery(value: unknown): string {
  const query = readText(value, 'query');
  if (query.length > maxQueryChars)
    throw new Refusal(
      `a query may have ${maxQueryChars} characters, not ${query.length}; search for what matters in it`,
    );
  return query;
}

function readCount(value: unknown): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1 || value > maxHits)
    throw new Refusal(`k must be a whole number from 1 to ${maxHits}`);
  return value;
}

function readPaths(value: unknown): readonly string[] | null {
  if (value === null) return null;
  if (!Array.isArray(value) || value.length > maxPaths)
    throw new Refusal(`files must be a list of at most ${maxPaths} paths`);
  return value.map(readPath);
}

function readTexts(value: unknown): Readonly<Record<string, string>> {
  if (!isRecord(value)) throw new Refusal('texts must be an object');
  const entries = Object.entries(value);
  if (entries.length > maxPaths) throw new Refusal(`texts are limited to ${maxPaths}`);
  return Object.fromEntries(entries.map(([path, text]) => [readPath(path), readText(text, 'a text')]));
}
