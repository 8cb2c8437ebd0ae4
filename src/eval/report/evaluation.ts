import type { EvalRecord } from '../record.ts';
import { type Measure, type Summary, summarise } from '../summary.ts';
import { describeSystem, parseSystem } from '../systems.ts';

/** All that a report tells. */
export interface Evaluation {
  readonly models: { readonly root: string; readonly sub: string };
  readonly version: string;
  readonly records: readonly EvalRecord[];
  /** How many results there are to be in all. */
  readonly planned: number;
  /** For people: what was left out, and what has to be known about the items. */
  readonly notes: readonly string[];
}

export interface SystemRow {
  readonly system: string;
  readonly summary: Summary;
}

/** A kind of items: each system on them, and by the length of their context where they come in several. */
export interface KindReport {
  readonly kind: string;
  readonly items: number;
  readonly rows: readonly SystemRow[];
  readonly byLength: readonly { readonly tokens: number; readonly rows: readonly SystemRow[] }[];
  /** What there is to draw. */
  readonly measures: readonly Measure[];
}

export function kindReports({ records }: Evaluation): readonly KindReport[] {
  const systems = systemsOf(records);
  return [...Map.groupBy(records, ({ kind }) => kind)].map(([kind, some]) => {
    const lengths = [...Map.groupBy(some, lengthOf(some))].sort(([a], [b]) => a - b);
    const rows = rowsOf(some, systems);
    return {
      kind,
      items: new Set(some.map(({ item }) => item)).size,
      rows,
      byLength: lengths.length > 1 ? lengths.map(([tokens, part]) => ({ tokens, rows: rowsOf(part, systems) })) : [],
      measures: measuresOf(rows),
    };
  });
}

/** Lengths that were made are as they are; folders, of any length, go to the nearest power of four. */
function lengthOf(records: readonly EvalRecord[]): (record: EvalRecord) => number {
  const isMade = records.every(({ contextTokens }) => contextTokens % 1024 === 0);
  return ({ contextTokens }) => (isMade ? contextTokens : 4 ** Math.round(Math.log2(Math.max(1, contextTokens)) / 2));
}

/** All items together. */
export const overall = ({ records }: Evaluation): readonly SystemRow[] => rowsOf(records, systemsOf(records));

const rowsOf = (records: readonly EvalRecord[], systems: readonly string[]): readonly SystemRow[] =>
  systems.flatMap((system) => {
    const mine = records.filter((one) => one.system === system);
    return mine.length === 0 ? [] : [{ system, summary: summarise(mine) }];
  });

/** Baselines first, then by depth. */
export const systemsOf = (records: readonly EvalRecord[]): readonly string[] =>
  [...new Set(records.map(({ system }) => system))].sort((a, b) => rankOf(a) - rankOf(b) || (a < b ? -1 : 1));

const rankOf = (system: string): number =>
  ['retrieval', 'base', 'search'].indexOf(system) + (system.startsWith('rlm') ? 4 : 0);

export const legendOf = (system: string): string => {
  const parsed = parseSystem(system);
  return parsed === undefined ? system : describeSystem(parsed);
};

/** Those that some system has a value of. */
export const measuresOf = (rows: readonly SystemRow[]): readonly Measure[] =>
  (['accuracy', 'r5'] as const).filter((measure) => rows.some(({ summary }) => summary[measure] !== null));
