import { commands, window } from 'vscode';
import { type Help, HelpfulError, helpTitles, oneLine } from '../core/failure-help.ts';
import type { Output } from './output.ts';

export type Helpers = Readonly<Record<Exclude<Help, 'retry'>, () => unknown>>;

/** One line, buttons that help, details in the output. Not awaited by what failed: nobody has to answer it. */
export class Notices {
  readonly #output: Output;
  readonly #helpers: Helpers;

  constructor(output: Output, helpers: Helpers) {
    this.#output = output;
    this.#helpers = helpers;
  }

  error(error: unknown, help?: readonly Help[], retry?: () => unknown): void {
    this.#output.error(error);
    const offered = help ?? (error instanceof HelpfulError ? error.help : (['show-output'] as const));
    const message = oneLine(error instanceof Error ? error.message : String(error));
    void this.#offer(window.showErrorMessage(message, ...offered.map((one) => helpTitles[one])), offered, retry);
  }

  warn(text: string): void {
    this.#output.warn(text);
    const help = ['show-output'] as const;
    void this.#offer(window.showWarningMessage(oneLine(text), helpTitles['show-output']), help, undefined);
  }

  inform(text: string, help: readonly Help[]): void {
    this.#output.info(text);
    void this.#offer(window.showInformationMessage(text, ...help.map((one) => helpTitles[one])), help, undefined);
  }

  async #offer(
    shown: Thenable<string | undefined>,
    offered: readonly Help[],
    retry: (() => unknown) | undefined,
  ): Promise<void> {
    const title = await shown;
    const chosen = offered.find((one) => helpTitles[one] === title);
    if (chosen === undefined) return;
    try {
      await (chosen === 'retry' ? retry?.() : this.#helpers[chosen]());
    } catch (error) {
      this.error(error);
    }
  }
}

export const openFolderDialog = () => commands.executeCommand('vscode.openFolder');
