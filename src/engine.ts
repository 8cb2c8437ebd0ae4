import { defaultLimits, type RunLimits } from './agent/limits.ts';
import { StopReason } from './agent/run-context.ts';
import type { AskOptions, Engine, EnginePorts, Run, RunEnd } from './engine-api.ts';
import { Execution } from './execution.ts';

/** The one place that wires a run. */
export function createEngine(ports: EnginePorts): Engine {
  const running = new Set<{ readonly cancel: () => void; readonly done: Promise<RunEnd> }>();
  return {
    ask(question, options = {}) {
      const run = startRun(ports, question, options);
      running.add(run);
      void run.done.then(() => running.delete(run));
      return run;
    },
    async close() {
      const ending = [...running];
      for (const run of ending) run.cancel();
      await Promise.all(ending.map((run) => run.done));
      await Promise.all([ports.repls.close(), ports.search.close(), ports.symbols?.close()]);
    },
  };
}

/** From this share of the time on, sub-agents end and the root is asked for its last word. */
const softShare = 0.85;

function startRun(ports: EnginePorts, question: string, options: AskOptions): Run & { readonly cancel: () => void } {
  const runId = ports.newRunId();
  const limits: RunLimits = { ...defaultLimits, ...options.limits };
  const stops = new Map<string, () => void>();
  const whole = new AbortController();
  const work = new AbortController();
  const cancel = () => whole.abort(new StopReason('cancelled', 'the run was cancelled'));
  options.signal?.addEventListener('abort', cancel, { once: true });
  if (options.signal?.aborted) cancel();
  const timers = [
    ports.clock.after(limits.maxSeconds * softShare * 1000, () => work.abort(outOfTime(limits, 'nearly '))),
    ports.clock.after(limits.maxSeconds * 1000, () => whole.abort(outOfTime(limits, ''))),
  ];
  const { conversation, scope = [], onEvent = () => {} } = options;
  const order = { runId, question, limits, scope, stops, onEvent, ...(conversation && { conversation }) };
  const execution = new Execution(ports, order);
  const done = execution.toEnd(whole.signal, work.signal).finally(() => {
    for (const callOff of timers) callOff();
    options.signal?.removeEventListener('abort', cancel);
  });
  return { runId, done, cancel, stopAgent: (agentId) => stops.get(agentId)?.() };
}

const outOfTime = ({ maxSeconds }: RunLimits, nearly: string) =>
  new StopReason('time', `the time limit of ${maxSeconds} s is ${nearly}reached`);
