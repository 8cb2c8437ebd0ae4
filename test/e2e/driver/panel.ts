import type { Frame, Locator } from 'playwright-core';
import { findView, openView } from './webview.ts';
import type { Workbench } from './workbench.ts';

/** The run beside the editor: the tree of agents, the chosen agent, the cited snippets. */
export class Panel {
  readonly #workbench: Workbench;

  constructor(workbench: Workbench) {
    this.#workbench = workbench;
  }

  frame(): Promise<Frame> {
    return findView(this.#workbench.page, 'panel');
  }

  async isOpen(): Promise<boolean> {
    return (await openView(this.#workbench.page, 'panel')) !== undefined;
  }

  async agents(): Promise<Locator> {
    return (await this.frame()).getByRole('tree').getByRole('treeitem');
  }

  async allText(): Promise<string> {
    return (await (await this.frame()).locator('body').textContent()) ?? '';
  }
}
