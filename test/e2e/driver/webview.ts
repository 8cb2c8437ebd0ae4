import axe from 'axe-core';
import type { Frame, Page } from 'playwright-core';
import { until } from './until.ts';

export type ViewKind = 'sidebar' | 'panel';

/** The inner frame of a webview. VS Code's frames have no name that lasts, so it is found by its body. */
export async function findView(page: Page, kind: ViewKind, timeoutMs = 60_000): Promise<Frame> {
  return until(`the ${kind}`, () => openView(page, kind), timeoutMs);
}

export async function openView(page: Page, kind: ViewKind): Promise<Frame | undefined> {
  for (const frame of page.frames()) {
    if (!/\/fake\.html/.test(frame.url())) continue;
    // A frame may go while it is asked.
    const found = await frame.evaluate((wanted) => document.body?.dataset.kind === wanted, kind).catch(() => false);
    if (found) return frame;
  }
  return undefined;
}

/** The violations of a webview, each as one line. The content security policy forbids script tags but not `evaluate`. */
export async function axeViolations(frame: Frame): Promise<readonly string[]> {
  await frame.evaluate(axe.source);
  return frame.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: {
        run(root: Document): Promise<{ violations: { id: string; nodes: { target: unknown; html: string }[] }[] }>;
      };
    };
    const { violations } = await axe.run(document);
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, html }) => `${id} ${target}: ${html.slice(0, 200)}`),
    );
  });
}
