import { cost, duration, fullCount } from '../../src/runs/format.ts';
import type { RunState } from '../../src/runs/run-state.ts';
import { Icon } from '../shared/icon.tsx';
import { Markdown } from '../shared/markdown.tsx';
import { citationCounts, shownCitations } from '../shared/shown-citations.ts';
import { stateOf, toneIcons, toneOf } from '../shared/status.ts';
import { ignore, useNow, type View } from '../shared/use-view.ts';

interface CompareProps {
  readonly view: View;
  readonly runIds: readonly [string, string];
}

/** Two runs of a question side by side: figures, then answers. */
export function Compare({ view, runIds }: CompareProps) {
  const { state, send, trouble } = view;
  const runs = runIds.map((runId) => state.runs[runId]);
  const now = useNow(runs.some((run) => run?.outcome === undefined));
  const question = runs.find((run) => run !== undefined && run.question !== '')?.question ?? '';
  return (
    <main class="compare">
      <h1 dir="auto">{asked(question)}</h1>
      {trouble !== '' && (
        <p class="trouble" role="alert">
          {trouble}
        </p>
      )}
      <table aria-label="Figures of both runs">
        <thead>
          <tr>
            <td />
            {names.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {figures.map(([label, figure]) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              {runs.map((run, at) => (
                <td key={names[at]}>{run === undefined ? '…' : figure(run, now)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <div class="answers">
        {runs.map((run, at) => {
          const runId = runIds[at] ?? '';
          const open = (index: number) => ignore(send('openCitation', { runId, index }));
          return (
            <section key={runId} aria-label={names[at]}>
              <header>
                <Icon name={toneIcons[toneOf(run)]} spin={toneOf(run) === 'running'} />
                <h2 class="grow">{names[at]}</h2>
                <button type="button" class="link" onClick={() => ignore(send('openPanel', { runId }))}>
                  Open this run
                </button>
              </header>
              {run !== undefined && (
                <Markdown
                  text={run.answer || 'No answer yet.'}
                  citations={shownCitations(run, state.badges[runId])}
                  onOpen={open}
                />
              )}
            </section>
          );
        })}
      </div>
    </main>
  );
}

const names = ['Earlier run', 'Re-run'] as const;

/** Attachments and earlier turns are put around a question; its first line is enough to know it by. */
const asked = (question: string): string => question.split('\n')[0] ?? '';

type Figure = (run: RunState, now: number) => string;

const figures: readonly (readonly [label: string, figure: Figure])[] = [
  ['Outcome', (run) => stateOf(run)],
  ['Models', ({ models: { root, sub } }) => (root === sub ? root : `${root}, sub-agents ${sub}`)],
  ['Citations', (run) => citationCounts(shownCitations(run))],
  ['Cost', ({ totals }) => cost(totals.costUsd)],
  ['Tokens', ({ totals }) => fullCount(totals.promptTokens + totals.completionTokens)],
  ['Model calls', ({ totals }) => fullCount(totals.calls)],
  ['Agents', ({ totals }) => fullCount(totals.agents)],
  ['Deepest agent', (run) => String(depthOf(run))],
  ['Root turns', (run) => String(rootSteps(run, 'turn'))],
  ['Root cells', (run) => String(rootSteps(run, 'cell'))],
  ['Time', (run, now) => duration(run.end?.timings.totalMs ?? Math.max(0, now - run.startedAt))],
  [
    'Budget',
    ({ limits }) =>
      limits === undefined
        ? '…'
        : `${fullCount(limits.maxCalls)} calls, ${fullCount(limits.maxTokens)} tokens, ${cost(limits.maxCostUsd)}, ${duration(limits.maxSeconds * 1000)}`,
  ],
];

function depthOf({ order, agents }: RunState): number {
  let depth = 0;
  for (const id of order) depth = Math.max(depth, agents.get(id)?.depth ?? 0);
  return depth;
}

const rootSteps = ({ rootId, agents }: RunState, kind: 'turn' | 'cell'): number =>
  agents.get(rootId ?? '')?.steps.filter((step) => step.kind === kind).length ?? 0;
