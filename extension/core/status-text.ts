import { cost, plural } from '../../src/runs/format.ts';
import type { RunState } from '../../src/runs/run-state.ts';

/** `7 agents · 14 calls · $0.06` */
export const statusText = ({ totals }: RunState): string =>
  [plural(totals.agents, 'agent'), plural(totals.calls, 'call'), cost(totals.costUsd)].join(' · ');
