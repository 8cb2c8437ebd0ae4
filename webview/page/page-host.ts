import type { HostFrame, RequestFrame } from '../../src/protocol/channel.ts';
import type { ViewMessage, ViewRequests } from '../../src/protocol/messages.ts';
import type { RunEvent } from '../../src/runs/events.ts';

/** What stands for the extension host in a page of its own: it holds one run, and nothing can be asked or stopped. */
function servePage(events: readonly RunEvent[]): (frame: RequestFrame) => void {
  const runId = events.find((event) => event.type === 'run-start')?.runId ?? 'run';
  const tell = (message: ViewMessage) => deliver({ kind: 'message', message });
  return ({ id, name, params }) => {
    if (name === 'ready') {
      tell({ type: 'events', runId, reset: true, events });
      tell({ type: 'show', runId, agentId: null });
    } else if (name === 'openCitation') showSnippet((params as ViewRequests['openCitation'][0]).index);
    else if (name === 'eventsOf') return deliver({ kind: 'answer', id, value: { events } });
    else if (name === 'copy') void navigator.clipboard?.writeText((params as ViewRequests['copy'][0]).text);
    else return deliver({ kind: 'refusal', id, message: 'That needs Ask Codebase; this page only shows a run.' });
    deliver({ kind: 'answer', id, value: {} });
  };
}

const deliver = (data: HostFrame): void => void window.dispatchEvent(new MessageEvent('message', { data }));

function showSnippet(index: number): void {
  // A narrow page draws the snippets first.
  requestAnimationFrame(() => {
    const snippet = document.querySelectorAll('.snippets figure')[index];
    snippet?.scrollIntoView({ block: 'center' });
    snippet?.querySelector('button')?.focus({ preventScroll: true });
  });
}

const events = JSON.parse(document.getElementById('run')?.textContent ?? '[]') as readonly RunEvent[];
const receive = servePage(events);

// What the panel's connection finds in VS Code.
Object.assign(globalThis, {
  acquireVsCodeApi: () => ({
    postMessage: (frame: RequestFrame) => queueMicrotask(() => receive(frame)),
    // A narrow page begins with the answer.
    getState: () => ({ tab: 'answer' }),
    setState: () => undefined,
  }),
});
