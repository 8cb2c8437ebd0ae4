import type { Frame, Locator } from 'playwright-core';
import { until } from './until.ts';
import { findView } from './webview.ts';
import type { Workbench } from './workbench.ts';

/** The conversation in the side bar, as a person and a screen reader find things in it. */
export class Sidebar {
  readonly #workbench: Workbench;

  constructor(workbench: Workbench) {
    this.#workbench = workbench;
  }

  frame(): Promise<Frame> {
    return findView(this.#workbench.page, 'sidebar');
  }

  /** Shows the view, and waits for its question box. A click on its icon would hide it when it is there. */
  async show(): Promise<void> {
    await this.#workbench.run('Ask Codebase: Focus on Chat View');
    await (await this.questionBox()).waitFor();
  }

  async questionBox(): Promise<Locator> {
    return (await this.frame()).getByRole('textbox');
  }

  async ask(question: string): Promise<void> {
    const box = await this.questionBox();
    await box.fill(question);
    await box.press('Enter');
  }

  /** The newest question with its answer. */
  async entry(): Promise<Locator> {
    return (await this.frame()).getByRole('article').last();
  }

  async stopButton(): Promise<Locator> {
    return (await this.entry()).getByRole('button', { name: 'Stop', exact: true });
  }

  async running(): Promise<boolean> {
    return (await (await this.stopButton()).count()) > 0;
  }

  async text(): Promise<string> {
    const entry = await this.entry();
    return (await entry.count()) === 0 ? '' : ((await entry.textContent()) ?? '');
  }

  /** Waits for the newest answer to be whole and to hold `text`. */
  async answered(text: string | RegExp, timeoutMs = 60_000): Promise<void> {
    await until(
      `an answer with ${text}`,
      async () => !(await this.running()) && (await this.text()).search(text) >= 0,
      timeoutMs,
    );
  }

  /** The citations of the newest answer: buttons whose names hold `path:lines` and the badge's word. */
  async citations(): Promise<Locator> {
    return (await this.entry()).getByRole('button', { name: /:\d+/ });
  }

  async citation(label: string | RegExp): Promise<Locator> {
    return (await this.entry()).getByRole('button', { name: label }).first();
  }

  /** Everything that the view says, hidden text for screen readers too. */
  async allText(): Promise<string> {
    return (await (await this.frame()).locator('body').textContent()) ?? '';
  }
}
