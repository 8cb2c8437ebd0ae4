import { type Disposable, StatusBarAlignment, type StatusBarItem, window } from 'vscode';
import type { RunRecord } from '../core/run-record.ts';
import { statusText } from '../core/status-text.ts';

const intervalMs = 250;

/** One item while a run goes on; a click opens its panel. Made with the first run. */
export class RunStatusBar {
  readonly #disposables: Disposable[];
  #item: StatusBarItem | undefined;
  #shownAt = 0;

  constructor(disposables: Disposable[]) {
    this.#disposables = disposables;
  }

  show(run: RunRecord, now: number): void {
    if (now - this.#shownAt < intervalMs) return;
    this.#shownAt = now;
    const item = this.#item ?? this.#make();
    item.text = `$(loading~spin) ${statusText(run.state)}`;
    item.tooltip = 'Ask Codebase: a run goes on. Open it.';
    item.accessibilityInformation = { label: `Ask Codebase is running: ${statusText(run.state)}` };
    item.show();
  }

  hide(): void {
    this.#item?.hide();
    this.#shownAt = 0;
  }

  #make(): StatusBarItem {
    const item = window.createStatusBarItem('askCodebase.run', StatusBarAlignment.Left, 0);
    item.name = 'Ask Codebase';
    item.command = 'askCodebase.openLastRun';
    this.#item = item;
    this.#disposables.push(item);
    return item;
  }
}
