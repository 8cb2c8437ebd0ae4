import type { GitQuery } from '../git/git-history.ts';
import type { SymbolQuery } from '../symbols/symbol-source.ts';
import { isRecord } from './plain-data.ts';
import { Refusal, readPath, readText } from './read-value.ts';

const maxItems = 10_000;
const maxNameChars = 500;
const maxLines = 100_000_000;

export function readSymbolQuery(value: unknown): SymbolQuery {
  if (!isRecord(value)) throw new Refusal('a query must be an object');
  const { ask } = value;
  switch (ask) {
    case 'outline':
    case 'imports':
      return { ask, path: readPath(value.path), ...readOwnText(value) };
    case 'symbols':
    case 'references':
    case 'callers':
      return { ask, name: readName(value.name), limit: readCount(value.limit, 'max_hits', 0, maxItems) };
    default:
      throw new Refusal('unknown query');
  }
}

export function readGitQuery(value: unknown): GitQuery {
  if (!isRecord(value)) throw new Refusal('a query must be an object');
  const { ask } = value;
  switch (ask) {
    case 'blame': {
      const start = readCount(value.start, 'start', 1, maxLines);
      return { ask, path: readPath(value.path), start, end: readCount(value.end, 'end', start, maxLines) };
    }
    case 'log': {
      const path = value.path === null || value.path === undefined ? null : readPath(value.path);
      return { ask, path, count: readCount(value.count, 'n', 1, 1000) };
    }
    case 'changed_since':
      return { ask, ref: readText(value.ref, 'ref') };
    default:
      throw new Refusal('unknown query');
  }
}

function readOwnText({ text }: Readonly<Record<string, unknown>>): { readonly text?: string } {
  return text === undefined || text === null ? {} : { text: readText(text, 'text') };
}

function readName(value: unknown): string {
  const name = readText(value, 'name').trim();
  if (name === '' || name.length > maxNameChars) throw new Refusal(`a name has 1 to ${maxNameChars} characters`);
  if (/[\s()]/.test(name.replace(/\(\)$/, '')))
    throw new Refusal('a name is one identifier, such as parse or Parser.parse; for other text use grep()');
  return name;
}

function readCount(value: unknown, name: string, least: number, most: number): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
  throw new Refusal(`${name} must be an int from ${least} to ${most}`);
}
