import type { Machine } from '../support/machine.ts';
import type { GroupReport } from '../support/run-groups.ts';

/** A group as it was measured: its ratios are of one run, on that machine, then. */
export interface PublishedGroup extends GroupReport {
  readonly at: string;
  readonly machine: Machine;
}

/** What stands in docs/bench/results.json. */
export interface Published {
  readonly groups: readonly PublishedGroup[];
}

/** Groups that were measured anew take the place of the older ones; one that failed does not. `order` is of the page. */
export function published(before: Published, measured: readonly PublishedGroup[], order: readonly string[]): Published {
  const all = new Map(before.groups.map((group) => [group.group, group]));
  for (const group of measured) if (group.failed === undefined) all.set(group.group, group);
  return { groups: order.flatMap((name) => all.get(name) ?? []) };
}
