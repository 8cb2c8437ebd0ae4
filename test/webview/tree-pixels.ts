import { type Browser, chromium, type Page } from 'playwright-core';
import { chromiumArgs, findChromium } from '../support/browser.ts';
import type { PixelCosts } from '../support/pixel-costs.ts';
import { demoRunId, hugeScript } from './harness/demo-run.ts';
import { servePages } from './harness/page-server.ts';
import { runHost } from './harness/scenes.ts';
import { ViewPage } from './harness/view-page.ts';

// A process of its own, run as it stands: in the panel with every batch unfolded, from the message that an agent has ended to
// the frame that shows it. Prints JSON.

const messages = 60;
/** More than the host gathers events for. */
const pauseMs = 120;

interface Timed {
  paintsMs: number[];
}

/** Runs in the page: from a message's arrival to the end of the frame in which the view changed. */
function timePaints(): void {
  const scope = globalThis as unknown as Timed;
  scope.paintsMs = [];
  let arrivedAt: number | undefined;
  window.addEventListener('message', () => (arrivedAt ??= performance.now()), { capture: true });
  const painted = (from: number) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => scope.paintsMs.push(performance.now() - from);
    port2.postMessage(null);
  };
  new MutationObserver(() => {
    if (arrivedAt === undefined) return;
    const from = arrivedAt;
    arrivedAt = undefined;
    requestAnimationFrame(() => painted(from));
  }).observe(document.body, { childList: true, subtree: true, characterData: true, attributes: true });
}

const paints = (page: Page): Promise<readonly number[]> =>
  page.evaluate(() => (globalThis as unknown as Timed).paintsMs);

async function measure(browser: Browser, url: string, agents: number): Promise<readonly number[]> {
  const batch = Math.min(agents, 1000);
  const script = hugeScript(agents, batch);
  const host = runHost(script.events);
  const toggled = Array.from({ length: agents / batch }, (_, at) => `a0/b${at * batch}`);
  const saved = { runId: demoRunId, agentId: 'a0', toggled };
  const view = await ViewPage.open(browser, { kind: 'panel', host, url, saved, width: 1000, height: 700 });
  try {
    await view.page.getByRole('treeitem', { name: /^Read part 5\b/ }).waitFor();
    await view.page.waitForTimeout(1000);
    await view.page.evaluate(timePaints);
    for (let n = 0; n < messages; n++) {
      const known = script.events.length;
      script.child(`late${n}`, 'a0', 'b0', 'llm', `Read late part ${n}.`).end(`late${n}`, 'read');
      host.play(demoRunId, script.events.slice(known));
      await view.page.waitForTimeout(pauseMs);
    }
    const found = await paints(view.page);
    if (found.length < messages * 0.9) throw new Error(`${found.length} of ${messages} messages were drawn`);
    return found;
  } finally {
    await view.close();
    host.dispose();
  }
}

const server = await servePages('dist/webview');
const browser = await chromium.launch({ executablePath: findChromium(), args: [...chromiumArgs] });
try {
  const ms100 = await measure(browser, server.url, 100);
  const ms10000 = await measure(browser, server.url, 10_000);
  console.log(JSON.stringify({ ms100, ms10000 } satisfies PixelCosts));
} finally {
  await browser.close();
  server.close();
}
