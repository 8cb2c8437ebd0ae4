import type { Page } from 'playwright-core';

const active = '.part.editor .editor-group-container.active';

/** Where the person is: the active text editor as it is drawn. */
export class TextEditor {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** The label of the active tab: the file's name; with its folder where two open files share it. */
  async tab(): Promise<string> {
    const tab = this.#page.locator(`${active} .tab.active`);
    return (await tab.count()) === 0 ? '' : ((await tab.first().getAttribute('aria-label')) ?? '');
  }

  /** The path that the active tab stands for, as its tooltip tells. */
  async breadcrumbs(): Promise<string> {
    const parts = await this.#page.locator(`${active} .breadcrumbs-control .monaco-breadcrumb-item`).allInnerTexts();
    return parts.map((part) => part.trim()).join('/');
  }

  /** The status bar's word on the cursor: `Ln 5, Col 1 (20 selected)`. */
  async cursor(): Promise<string> {
    const item = this.#page.locator('#status\\.editor\\.selection');
    return (await item.count()) === 0 ? '' : ((await item.textContent()) ?? '');
  }

  async visibleLines(): Promise<readonly number[]> {
    const texts = await this.#page.locator(`${active} .margin-view-overlays .line-numbers`).allInnerTexts();
    return texts
      .map(Number)
      .filter(Boolean)
      .sort((a, b) => a - b);
  }

  /** The lines that an extension has coloured and that are in sight. A decoration and its line's number share their top. */
  highlightedLines(): Promise<readonly number[]> {
    return this.#page.evaluate((group) => {
      const rows = (layer: string): readonly HTMLElement[] => [
        ...document.querySelectorAll<HTMLElement>(`${group} .monaco-editor ${layer} > div`),
      ];
      const numbers = new Map(
        rows('.margin-view-overlays').map((row) => [
          row.style.top,
          Number(row.querySelector('.line-numbers')?.textContent),
        ]),
      );
      const coloured = rows('.view-overlays').filter((row) => row.querySelector('[class*="TextEditorDecorationType"]'));
      return [...new Set(coloured.map((row) => numbers.get(row.style.top) ?? 0))].filter(Boolean).sort((a, b) => a - b);
    }, active);
  }

  /** Types at the start of a line of the active editor; nothing is saved. */
  async typeAtLine(line: number, text: string): Promise<void> {
    await this.goTo(line);
    await this.#page.keyboard.press('Home');
    await this.#page.keyboard.insertText(text);
  }

  async selectLines(start: number, end: number): Promise<void> {
    await this.goTo(start);
    await this.#page.keyboard.press('Home');
    for (let line = start; line < end; line++) await this.#page.keyboard.press('Shift+ArrowDown');
    await this.#page.keyboard.press('Shift+End');
  }

  async goTo(line: number): Promise<void> {
    await this.#page.keyboard.press('Control+g');
    const box = this.#page.locator('.quick-input-widget:visible .quick-input-box input');
    await box.waitFor();
    await box.fill(`:${line}`);
    await this.#page.keyboard.press('Enter');
    await box.waitFor({ state: 'hidden' });
  }
}
