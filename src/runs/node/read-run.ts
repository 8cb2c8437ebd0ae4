import { readFile } from 'node:fs/promises';
import type { RunEvent } from '../events.ts';
import { runJsonFormat } from '../export/run-json.ts';
import { isFastRlmLog, readFastRlmLog } from '../foreign/fast-rlm-log.ts';
import { isRlmLog, readRlmLog } from '../foreign/rlm-log.ts';
import { type Damage, decodeLine } from '../log-format.ts';
import { readRunLog } from './read-run-log.ts';

export interface ReadRun {
  /** Whose log it is. */
  readonly kind: 'ask-codebase' | 'rlm' | 'fast-rlm';
  readonly events: readonly RunEvent[];
  readonly damaged: readonly Damage[];
}

/**
 * Reads a run from a log of ours, from our JSON export, or from a log of alexzhang13/rlm or fast-rlm. `undefined` when the file
 * is none of these. Rejects only when it cannot be read.
 */
export async function readRun(file: string): Promise<ReadRun | undefined> {
  const text = await readFile(file, 'utf8');
  const exported = readExport(text);
  if (exported !== undefined) return exported;
  const lines = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .flatMap(parse);
  if (isRlmLog(lines)) return { kind: 'rlm', events: readRlmLog(lines), damaged: [] };
  if (isFastRlmLog(lines)) return { kind: 'fast-rlm', events: readFastRlmLog(lines), damaged: [] };
  const own = await readRunLog(file);
  return own.events.some(({ type }) => type === 'run-start') ? { kind: 'ask-codebase', ...own } : undefined;
}

function readExport(text: string): ReadRun | undefined {
  if (!text.startsWith('{') || !text.slice(0, 200).includes(runJsonFormat)) return undefined;
  const [document] = parse(text);
  if (typeof document !== 'object' || document === null || !('events' in document)) return undefined;
  if (!Array.isArray(document.events)) return undefined;
  const decoded = document.events.map((event: unknown) => decodeLine(JSON.stringify(event)));
  // `decodeLine` checked what the reducer relies on; an export holds whole texts and no references to them.
  const events = decoded.flatMap((one) =>
    one.kind === 'event' && one.refs.length === 0 ? [one.value as unknown as RunEvent] : [],
  );
  return events.length === 0 ? undefined : { kind: 'ask-codebase', events, damaged: [] };
}

function parse(text: string): readonly unknown[] {
  try {
    return [JSON.parse(text)];
  } catch {
    return [];
  }
}
