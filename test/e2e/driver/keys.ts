import type { Frame, Page } from 'playwright-core';

/** What has the focus in a view, as a screen reader would say it: role, name, and its text. */
export function focused(frame: Frame): Promise<string> {
  return frame.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    if (element === null || element === document.body) return '';
    const role = element.getAttribute('role') ?? element.tagName.toLowerCase();
    return `${role} ${element.getAttribute('aria-label') ?? ''} ${element.textContent ?? ''}`;
  });
}

/** Presses a key until what has the focus in the view matches. The focus is in the view, or on its way there. */
export async function pressUntil(page: Page, frame: Frame, key: string, wanted: RegExp, atMost = 60): Promise<void> {
  await within(3000, () => frame.evaluate(() => document.hasFocus()));
  const seen: string[] = [];
  for (let pressed = 0; pressed <= atMost; pressed++) {
    const now = await focused(frame);
    if (wanted.test(now)) return;
    seen.push(now.slice(0, 60));
    await page.keyboard.press(key);
    // On a busy machine the focus comes later than the key.
    await within(300, async () => (await focused(frame)) !== now);
  }
  throw new Error(`${key} never came to ${wanted}; it passed:\n${[...new Set(seen)].join('\n')}`);
}

/** Waits for a condition, but no longer than `ms`. */
async function within(ms: number, condition: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + ms;
  while (!(await condition()) && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 25));
}
