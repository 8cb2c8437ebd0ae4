import type { Figure, Group } from './figure.ts';
import { tableOf } from './table.ts';

export interface GroupReport {
  readonly group: string;
  readonly seconds: number;
  readonly figures: readonly Figure[];
  readonly notes: readonly string[];
  /** Why there are no figures. */
  readonly failed?: string;
}

/** Runs and prints the groups one after another; one that fails does not keep the others from running. */
export async function runGroups(groups: Readonly<Record<string, Group>>): Promise<readonly GroupReport[]> {
  const reports: GroupReport[] = [];
  for (const [name, group] of Object.entries(groups)) {
    const report = await reportOf(name, group);
    print(report);
    reports.push(report);
  }
  return reports;
}

async function reportOf(group: string, measure: Group): Promise<GroupReport> {
  const startedAt = performance.now();
  const seconds = () => Math.round((performance.now() - startedAt) / 1000);
  try {
    const { figures, notes = [] } = await measure();
    return { group, seconds: seconds(), figures, notes };
  } catch (error) {
    const failed = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { group, seconds: seconds(), figures: [], notes: [], failed };
  }
}

function print({ group, seconds, figures, notes, failed }: GroupReport): void {
  console.log(`\n${group} (${seconds} s)`);
  if (failed !== undefined) console.log(`FAILED: ${failed}`);
  else console.log(tableOf(figures));
  for (const note of notes) console.log(`  ${note}`);
}
