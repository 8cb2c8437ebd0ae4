import { readFileSync } from 'node:fs';

/** One question with what a right answer rests on. */
export interface Row {
  readonly id: string;
  readonly question: string;
  /** The folder of its repository, below the one given on the command line. */
  readonly checkout: string;
  readonly gold_files: readonly string[];
  readonly gold_alternatives?: readonly string[];
  readonly gold_lines?: readonly (readonly [path: string, start: number, end: number])[];
  readonly source?: string;
}

/** What was found for a row: files by rank, and cited lines. */
export interface Prediction {
  readonly id: string;
  readonly answer: string;
  readonly files: readonly string[];
  readonly lines: readonly (readonly [path: string, start: number, end: number])[];
  readonly ms: number;
  readonly unverified: number;
}

export function readRows(file: string): readonly Row[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.flatMap((line, at) => {
    if (line.trim() === '') return [];
    const row = JSON.parse(line) as Partial<Row>;
    const { id, question, checkout, gold_files } = row;
    if (id === undefined || question === undefined || checkout === undefined || gold_files === undefined)
      throw new Error(`${file}:${at + 1}: a row needs id, question, checkout and gold_files`);
    return [{ ...row, id, question, checkout, gold_files }];
  });
}

/** Rows of one set are scored together: `owner/name@commit file:line` → its repository's name. */
export const setOf = ({ source }: Row): string => /\/([\w.-]+)@/.exec(source ?? '')?.[1] ?? 'all';
