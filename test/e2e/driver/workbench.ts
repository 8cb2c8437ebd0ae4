import type { Locator, Page } from 'playwright-core';

const slow = 60_000;

/** VS Code's own window around the editors and views: what a person does with keys and the palette. */
export class Workbench {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async ready(): Promise<void> {
    await this.page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: slow });
    await this.page.locator('.monaco-workbench .activitybar .action-item').first().waitFor({ timeout: slow });
  }

  /** The box of the palette, of an input box and of a pick: VS Code has one. */
  get inputBox(): Locator {
    return this.page.locator('.quick-input-widget:visible .quick-input-box input');
  }

  /** Runs a command by the title that the palette shows, `Category: Title`. */
  async run(title: string): Promise<void> {
    await this.offered(title);
    await this.page.keyboard.press('Enter');
  }

  /** Opens the palette on a command and waits until that command has the focus. */
  async offered(title: string): Promise<void> {
    const box = await this.#palette();
    await box.fill(`>${title}`);
    const focused = this.page.locator('.quick-input-widget .monaco-list-row.focused');
    await focused.filter({ hasText: title }).waitFor({ timeout: slow });
  }

  async offers(title: string, withinMs = 3000): Promise<boolean> {
    const box = await this.#palette();
    await box.fill(`>${title}`);
    const row = this.page.locator('.quick-input-widget .monaco-list-row').filter({ hasText: title }).first();
    const found = await row.waitFor({ timeout: withinMs }).then(
      () => true,
      () => false,
    );
    await this.page.keyboard.press('Escape');
    return found;
  }

  async answer(text: string): Promise<void> {
    await this.inputBox.waitFor({ timeout: slow });
    await this.inputBox.fill(text);
    await this.page.keyboard.press('Enter');
  }

  /** Opens a file by its whole path; searching for a name would depend on the state of an index. */
  async open(path: string): Promise<void> {
    const box = await this.#palette();
    await box.fill(path);
    const name = path.slice(path.lastIndexOf('/') + 1);
    await this.page
      .locator('.quick-input-widget .monaco-list-row.focused')
      .filter({ hasText: name })
      .waitFor({ timeout: slow });
    await this.page.keyboard.press('Enter');
    await this.page.locator('.tab.active').filter({ hasText: name }).first().waitFor({ timeout: slow });
  }

  async reload(): Promise<void> {
    const loaded = this.page.waitForEvent('load', { timeout: slow });
    await this.run('Developer: Reload Window');
    await loaded;
    await this.ready();
  }

  notifications(): Promise<readonly string[]> {
    return this.page.locator('.notification-list-item-message').allInnerTexts();
  }

  async #palette(): Promise<Locator> {
    for (let attempt = 0; attempt < 8; attempt++) {
      await this.page.keyboard.press('F1');
      const open = await this.inputBox.waitFor({ timeout: 3000 }).then(
        () => true,
        () => false,
      );
      if (open) return this.inputBox;
      // A webview has the focus, or a dialog.
      await this.page.keyboard.press('Escape');
    }
    throw new Error('The palette did not open.');
  }
}
