import type { z } from 'zod';
import type { EvalItem } from '../item.ts';
import { codeItem, codeRow } from './code-rows.ts';
import { isCodeRow, longBenchItem, longBenchRow } from './longbench.ts';
import { repoQa, repoQaItems } from './repoqa.ts';

/** An item, with its files where the set itself holds them. */
export interface ReadItem {
  readonly item: EvalItem;
  readonly texts?: ReadonlyMap<string, () => string>;
}

export type ReadSet =
  | { readonly kind: 'ok'; readonly items: readonly ReadItem[]; readonly leftOut: readonly string[] }
  | { readonly kind: 'problem'; readonly problem: string };

/** Reads a set of questions in any of the known forms: JSONL or a JSON array of rows, or RepoQA's JSON object. */
export function readSet(text: string, setName: string): ReadSet {
  const whole = parsed(text);
  if (whole !== undefined && isObject(whole.value) && isByLanguage(whole.value)) {
    const data = repoQa.safeParse(whole.value);
    if (!data.success) return problem(`it is no set in RepoQA's form: ${told(data.error)}`);
    return { kind: 'ok', items: repoQaItems(data.data), leftOut: [] };
  }
  if (Array.isArray(whole?.value))
    return readRows(
      whole.value.map((value, at) => [`row ${at + 1}`, value]),
      setName,
    );
  const rows: (readonly [string, unknown])[] = [];
  for (const [at, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const value = parsed(line);
    if (value === undefined) return problem(`line ${at + 1} is no JSON`);
    rows.push([`line ${at + 1}`, value.value]);
  }
  return readRows(rows, setName);
}

function readRows(rows: readonly (readonly [where: string, row: unknown])[], setName: string): ReadSet {
  const items: ReadItem[] = [];
  let foreign = 0;
  for (const [where, row] of rows) {
    const read = readRow(row, setName);
    if (typeof read === 'string') return problem(`${where}: ${read}`);
    if (read === null) foreign++;
    else items.push(read);
  }
  const leftOut = foreign === 0 ? [] : [`${foreign} rows of LongBench that are not about code`];
  return { kind: 'ok', items, leftOut };
}

/** @returns what is wrong, as a string; `null` for a row that is none of ours. */
function readRow(row: unknown, setName: string): ReadItem | string | null {
  if (isObject(row) && 'choice_A' in row) {
    const read = longBenchRow.safeParse(row);
    if (!read.success) return told(read.error);
    return isCodeRow(read.data) ? longBenchItem(read.data) : null;
  }
  const read = codeRow.safeParse(row);
  if (!read.success) return told(read.error);
  const item = codeItem(read.data, setName);
  return typeof item === 'string' ? item : { item };
}

const told = (error: z.ZodError): string => {
  const [issue] = error.issues;
  return issue === undefined ? 'not understood' : `${issue.path.join('.') || 'the row'}: ${issue.message}`;
};

/** RepoQA's data is lists by language; a row is no such thing. */
const isByLanguage = (value: object): boolean =>
  !Array.isArray(value) && Object.values(value).length > 0 && Object.values(value).every((one) => Array.isArray(one));

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

function parsed(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

const problem = (text: string): ReadSet => ({ kind: 'problem', problem: text });
