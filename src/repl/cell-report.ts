import { isRecord } from './plain-data.ts';
import type { AnswerState, CellLimits, CellOutput, Look } from './repl.ts';

/** What Python says about a cell. It comes from the sandbox: shapes and sizes are made to fit, never trusted. */
export interface CellReport {
  readonly ended: 'ok' | 'error' | 'interrupted';
  readonly output: CellOutput;
  readonly error: string;
  readonly answer: AnswerState;
  readonly variables: readonly string[];
  readonly looks: readonly Look[];
}

const maxErrorChars = 20_000;
const maxVariables = 500;
const maxNameChars = 200;
const maxLooks = 1000;

export const noOutput: CellOutput = { head: '', tail: '', totalChars: 0, totalLines: 0, omittedChars: 0 };

/** Never throws; whatever is missing or of another type is empty. */
export function readReport(value: unknown, { outputChars }: CellLimits): CellReport {
  const report = isRecord(value) ? value : {};
  const { ended, answer } = report;
  return {
    ended: ended === 'ok' || ended === 'interrupted' ? ended : 'error',
    output: readOutput(report.output, outputChars),
    error: text(report.error).slice(0, maxErrorChars),
    answer: isRecord(answer)
      ? { content: text(answer.content), ready: answer.ready === true }
      : { content: '', ready: false },
    variables: readNames(report.variables),
    looks: readLooks(report.looks),
  };
}

function readOutput(value: unknown, outputChars: number): CellOutput {
  if (!isRecord(value)) return noOutput;
  // Python counts code points, a JavaScript string can be twice as long.
  const head = text(value.head).slice(0, 2 * outputChars);
  const tail = text(value.tail).slice(0, 2 * outputChars);
  const [totalChars, totalLines, omittedChars] = [value.totalChars, value.totalLines, value.omittedChars].map(count);
  return { head, tail, totalChars: totalChars ?? 0, totalLines: totalLines ?? 0, omittedChars: omittedChars ?? 0 };
}

function readNames(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return [];
  const names = value.filter((name): name is string => typeof name === 'string' && name.length <= maxNameChars);
  return names.slice(0, maxVariables).sort();
}

function readLooks(value: unknown): readonly Look[] {
  if (!Array.isArray(value)) return [];
  return value.slice(0, maxLooks).flatMap((look: unknown) => {
    if (!isRecord(look) || !isLookKind(look.kind)) return [];
    const [files, found, given] = [look.files, look.found, look.given].map(count);
    const what = text(look.what).slice(0, maxNameChars);
    return [{ kind: look.kind, what, files: files ?? 0, found: found ?? 0, given: given ?? 0 }];
  });
}

const lookKinds: readonly unknown[] = ['grep', 'search', 'symbols', 'read', 'open'] satisfies readonly Look['kind'][];
const isLookKind = (kind: unknown): kind is Look['kind'] => lookKinds.includes(kind);

const text = (value: unknown) => (typeof value === 'string' ? value : '');
const count = (value: unknown) => (typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : 0);
