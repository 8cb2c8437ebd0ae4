import { lowerLimits } from '../agent/limits.ts';
import { createAnswerer } from '../eval/node/answerer.ts';
import { Corpora } from '../eval/node/corpora.ts';
import type { CliHost } from './cli-host.ts';
import { composePorts } from './compose.ts';
import type { EvalCommand } from './eval-arguments.ts';
import type { EvalSetup } from './eval-setup.ts';
import { sanitizeLine } from './sanitize.ts';

/** Answers what another process hands out over the queue. @returns the exit code. @throws QueueError */
export async function workFor(
  url: string,
  { modelsFor, loaded, tasks, plan, perRun }: EvalSetup,
  { parallel, idleSeconds, windowTokens }: EvalCommand,
  host: CliHost,
  signal: AbortSignal,
): Promise<number> {
  const { queueName, workOnQueue } = await import('../eval/node/queue.ts');
  const ports = composePorts(host);
  const corpora = new Corpora(loaded.sources, ports.search);
  const own = { maxDepth: 8, ...perRun };
  const say = (line: string) => host.stderr.write(`${sanitizeLine(line)}\n`);
  say(`Waiting at ${queueName(plan)} for an evaluation of the same questions, models and limits`);
  let count = 0;
  try {
    await workOnQueue({
      ...{ url, plan, parallel, idleSeconds, signal },
      tasks: new Map(tasks.map((task) => [task.key, task])),
      answer: (task, wanted, either) => {
        // What comes over the queue can only lower what this worker's person allowed.
        const { maxDepth: _, ...limits } = lowerLimits(own, wanted);
        return createAnswerer({ ports, corpora, modelsFor, limits, windowTokens })(task, either);
      },
      onResult: ({ item, system }) => say(`${++count} ${item} ${system}`),
    });
    say(`Answered ${count}`);
    return signal.aborted ? 130 : 0;
  } finally {
    await Promise.all([ports.repls.close(), ports.search.close(), ports.symbols?.close()]);
  }
}
