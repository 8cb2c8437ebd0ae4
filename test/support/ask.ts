import { createHash } from 'node:crypto';
import type { RunLimits } from '../../src/agent/limits.ts';
import { createEngine } from '../../src/engine.ts';
import type { Run, RunEnd } from '../../src/engine-api.ts';
import type { GitHistory } from '../../src/git/git-history.ts';
import type { LanguageModel } from '../../src/models/model.ts';
import type { ReplPool } from '../../src/repl/repl.ts';
import type { RunEvent } from '../../src/runs/events.ts';
import type { SymbolSource } from '../../src/symbols/symbol-source.ts';
import type { Scheduler } from '../../src/util/clock.ts';
import type { Snapshot } from '../../src/workspace/snapshot.ts';
import { inlineSearch } from './inline-search.ts';
import { ManualClock } from './manual-clock.ts';
import { memorySnapshot } from './workspace.ts';

export interface AskInMemory {
  readonly root: LanguageModel;
  readonly sub?: LanguageModel;
  readonly repls: ReplPool;
  readonly files?: Readonly<Record<string, string>>;
  readonly loadSnapshot?: (signal: AbortSignal) => Promise<Snapshot>;
  readonly limits?: Partial<RunLimits>;
  readonly clock?: Scheduler;
  readonly symbols?: SymbolSource;
  readonly git?: GitHistory;
  readonly signal?: AbortSignal;
  readonly scope?: readonly string[];
  readonly onEvent?: (event: RunEvent, run: Run) => void;
}

/** One whole run of the real engine over in-memory ports. */
export async function askInMemory(
  options: AskInMemory,
): Promise<{ readonly end: RunEnd; readonly events: readonly RunEvent[] }> {
  const files = options.files ?? { 'src/a.ts': 'const one = 1;\nconst two = 2;\n' };
  const engine = createEngine({
    loadSnapshot: options.loadSnapshot ?? (() => memorySnapshot(files)),
    models: { root: options.root, sub: options.sub ?? options.root },
    repls: options.repls,
    search: inlineSearch(),
    ...(options.symbols && { symbols: options.symbols }),
    ...(options.git && { git: options.git }),
    clock: options.clock ?? new ManualClock(),
    hash: (text) => createHash('sha256').update(text).digest('hex'),
    newRunId: () => 'run-1',
    version: '0.0.0',
  });
  const events: RunEvent[] = [];
  const run: Run = engine.ask('What is one?', {
    ...(options.limits && { limits: options.limits }),
    ...(options.scope && { scope: options.scope }),
    ...(options.signal && { signal: options.signal }),
    onEvent: (event) => {
      events.push(event);
      options.onEvent?.(event, run);
    },
  });
  const end = await run.done;
  await engine.close();
  return { end, events };
}
