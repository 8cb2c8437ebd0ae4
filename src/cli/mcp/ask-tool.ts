import { join } from 'node:path';
import { defaultLimits, lowerLimits } from '../../agent/limits.ts';
import type { Engine, RunEnd } from '../../engine-api.ts';
import type { RunEvent } from '../../runs/events.ts';
import { newLogFile, pruneLogs } from '../../runs/node/log-folder.ts';
import { openRunLog } from '../../runs/node/run-log.ts';
import { progressText } from '../../runs/progress-text.ts';
import { emptyRun, reduceRun } from '../../runs/run-tree.ts';
import type { CliHost } from '../cli-host.ts';
import { secretsOf } from '../secrets.ts';
import type { ServeCommand } from '../serve-arguments.ts';
import { stateFolder } from '../user-folders.ts';
import type { AskInput } from './ask-schema.ts';

export interface AskedRun {
  readonly end: RunEnd;
  readonly models: { readonly root: string; readonly sub: string };
}

/** Asks one question, logs its run as `ask` does, and tells how far it is. Ends cancelled when the signal aborts. */
export async function askOf(
  engine: Engine,
  { question, scope, maxCostUsd, maxSeconds, maxCalls }: AskInput,
  { command, host }: { readonly command: ServeCommand; readonly host: CliHost },
  tell: (message: string) => void,
  signal: AbortSignal,
): Promise<AskedRun> {
  const logs = join(stateFolder(host.env, host.platform), 'runs');
  const log = openRunLog(newLogFile(logs, new Date(host.now())), {
    secrets: secretsOf(host.env, command.models.headers),
    onTrouble: (problem) => host.stderr.write(`The log of this run cannot be written: ${problem}\n`),
  });
  let state = emptyRun;
  let told = '';
  const onEvent = (event: RunEvent) => {
    log.write(event);
    state = reduceRun(state, event);
    const message = progressText(state);
    if (message !== told) tell(message);
    told = message;
  };
  const wanted = {
    ...(maxCostUsd !== undefined && { maxCostUsd }),
    ...(maxSeconds !== undefined && { maxSeconds }),
    ...(maxCalls !== undefined && { maxCalls }),
  };
  const limits = lowerLimits({ ...defaultLimits, ...command.limits }, wanted);
  const end = await engine.ask(question, { limits, signal, onEvent, ...(scope && { scope }) }).done;
  await log.close();
  void pruneLogs(logs);
  return { end, models: state.models };
}
