import type { HostCall } from '../repl/host-call.ts';
import { HostRefusal } from '../repl/repl.ts';
import { handedFiles } from './handed-files.ts';
import type { Agent, AgentFiles, RunContext } from './run-context.ts';

type Lookup = Extract<HostCall, { op: 'search' | 'symbols' | 'git' }>;

/** What an agent asks about its own files that Python cannot find out by itself. @throws HostRefusal */
export function lookUp(
  call: Lookup,
  run: RunContext,
  { signal: agentSignal }: Agent,
  files: AgentFiles,
  cellSignal: AbortSignal,
): Promise<unknown> {
  const { symbols, git } = run;
  const signal = AbortSignal.any([agentSignal, cellSignal]);
  if (call.op === 'search') return searched(call, run, handedFiles('search', files, call.files), signal);
  if (call.op === 'symbols') {
    if (symbols === undefined) throw new HostRefusal('there are no parsers here; use grep() and read()');
    return symbols.ask(call.query, files, signal);
  }
  if (git === undefined) throw new HostRefusal('git history is not available here');
  const whole = files.snapshot === run.snapshot && run.snapshot.coverage.scope === undefined;
  return git.ask(call.query, { snapshot: files.snapshot, whole }, signal);
}

async function searched(
  { query, k }: Extract<Lookup, { op: 'search' }>,
  { search }: RunContext,
  files: AgentFiles,
  signal: AbortSignal,
): Promise<unknown> {
  try {
    return await search.search({ text: query, k }, files, signal);
  } catch (error) {
    if (error instanceof RangeError) throw new HostRefusal(error.message);
    throw error;
  }
}
