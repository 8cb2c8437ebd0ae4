import type { ViewKind } from '../../../extension/core/view-hub.ts';
import type { CitationBadge, ConversationState } from '../../../src/protocol/messages.ts';
import type { RunEvent } from '../../../src/runs/events.ts';
import {
  demoCitations,
  demoEnded,
  demoFailed,
  demoQuestion,
  demoRetrying,
  demoRunId,
  demoRunning,
  extremeQuestion,
  extremeRun,
  hugeRun,
} from './demo-run.ts';
import { FakeHost } from './fake-host.ts';

/** What a view can be asked to show. */
export type SceneName =
  | 'first'
  | 'no-folder'
  | 'running'
  | 'retrying'
  | 'answered'
  | 'stale'
  | 'limit'
  | 'cancelled'
  | 'failed'
  | 'huge'
  | 'extreme';

const conversation: ConversationState = {
  conversationId: 'c1',
  entries: [],
  models: { root: 'openai:gpt-5', sub: 'openai:gpt-5-mini', local: false, sentence: 'openai:gpt-5, as chosen' },
  estimate: '',
  folders: ['shop'],
  readiness: { kind: 'ready' },
  starters: ['What are the entry points of shop?', 'How is shop built and tested?'],
};

const shown = (running: boolean, question: string): ConversationState => ({
  ...conversation,
  entries: [{ runId: demoRunId, question, attachments: [], models: 'openai:gpt-5, as chosen', running, folded: false }],
});

const limit = 'The budget of 4,000,000 tokens is used up; this is the best answer so far.';
const offline = { root: 'offline', sub: 'offline', local: true, sentence: 'offline, as chosen' };

const runs: Readonly<Partial<Record<SceneName, () => readonly RunEvent[]>>> = {
  running: () => demoRunning().events,
  retrying: () => demoRetrying().events,
  answered: () => demoEnded(),
  stale: () => demoEnded(),
  limit: () => demoEnded('exhausted', limit),
  cancelled: () => demoEnded('cancelled', 'The run was stopped.'),
  failed: demoFailed,
  huge: () => hugeRun(10_000),
  extreme: () => extremeRun('| a | b |\n|---|---|\n| 1 | `x` |\n\n> quoted\n\n1. one\n2. two'),
};

/** A host that holds what the scene shows. */
export function sceneHost(name: SceneName): FakeHost {
  if (name === 'first') return new FakeHost({ ...conversation, models: offline });
  if (name === 'no-folder')
    return new FakeHost({ ...conversation, models: offline, folders: [], readiness: { kind: 'no-folder' } });
  const host = runHost(runs[name]?.() ?? [], name === 'extreme' ? extremeQuestion : demoQuestion);
  if (name === 'stale') host.judge(demoRunId, staleBadges);
  return host;
}

/** A host that holds one run, as `demoRunId`. */
export function runHost(events: readonly RunEvent[], question = demoQuestion): FakeHost {
  const ended = events.at(-1)?.type === 'run-end';
  const host = new FakeHost(shown(!ended, question));
  host.play(demoRunId, events);
  return host;
}

const staleBadges: readonly CitationBadge[] = demoCitations.map(({ status }, index) =>
  index === 1 ? { index, status: 'stale', now: { startLine: 44, endLine: 47 } } : { index, status, now: null },
);

/** When the scene is looked at: a while after its newest event. */
export function sceneTime(name: SceneName): number {
  const last = runs[name]?.().at(-1)?.at ?? 1_000_000;
  return last + 2000;
}

/** What shows that the view has drawn the scene. */
export const sceneMark = (name: SceneName, kind: ViewKind): string =>
  name === 'first' || name === 'no-folder'
    ? kind === 'panel'
      ? '.empty:has-text("No run to show yet")'
      : '.welcome'
    : kind === 'panel'
      ? '.row'
      : 'article';
