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

/** Presses a key until what has the focus in the view matches. */
export async function pressUntil(page: Page, frame: Frame, key: string, wanted: RegExp, atMost = 60): Promise<void> {
  const seen: string[] = [];
  for (let pressed = 0; pressed <= atMost; pressed++) {
    const now = await focused(frame);
    if (wanted.test(now)) return;
    seen.push(now.slice(0, 60));
    await page.keyboard.press(key);
    await page.waitForTimeout(50);
  }
  throw new Error(`${key} never came to ${wanted}; it passed:\n${[...new Set(seen)].join('\n')}`);
}
