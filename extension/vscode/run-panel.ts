import { Uri, ViewColumn, type WebviewPanel, window } from 'vscode';
import type { Chat } from '../core/chat.ts';
import { oneLine } from '../core/failure-help.ts';
import { runPanelId } from '../ids.ts';
import { linkWebview, type WebviewLink } from './webview-link.ts';

/** The panel beside the editor: at most one, showing one run. */
export class RunPanel {
  readonly #link: WebviewLink;
  readonly #chat: Chat;
  #panel: WebviewPanel | undefined;

  constructor(link: WebviewLink, chat: Chat) {
    this.#link = link;
    this.#chat = chat;
  }

  /** @throws when there is no such run. */
  async show(runId: string, agentId: string | undefined, takeFocus = false): Promise<void> {
    if (!(await this.#chat.pin(runId))) throw new Error('That run is no longer kept.');
    if (this.#panel === undefined) {
      const place = { viewColumn: ViewColumn.Beside, preserveFocus: !takeFocus };
      this.#adopt(window.createWebviewPanel(runPanelId, 'Ask Codebase', place, { enableFindWidget: true }));
    } else this.#panel.reveal(undefined, !takeFocus);
    this.#tell(runId, agentId);
  }

  /** A panel that an earlier session left open; its page says which run it showed. */
  restore(panel: WebviewPanel, state: unknown): void {
    this.#panel?.dispose();
    this.#adopt(panel);
    const runId = typeof state === 'object' && state !== null && 'runId' in state ? state.runId : undefined;
    const pinned = typeof runId === 'string' ? this.#link.opened().then(() => this.#chat.pin(runId)) : undefined;
    pinned?.then((found) => found && this.#tell(String(runId), undefined), this.#link.onError);
  }

  #tell(runId: string, agentId: string | undefined): void {
    const question = this.#chat.entry(runId)?.question;
    if (this.#panel !== undefined && question !== undefined) this.#panel.title = oneLine(question, 40);
    this.#link.hub.tell('panel', { type: 'show', runId, agentId: agentId ?? null });
    this.#link.hub.runsChanged();
  }

  #adopt(panel: WebviewPanel): void {
    const icon = (theme: string) => Uri.joinPath(this.#link.extensionUri, 'media', `panel-${theme}.svg`);
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    const connection = linkWebview(panel.webview, 'panel', this.#link);
    this.#panel = panel;
    const visibility = panel.onDidChangeViewState(() => {
      if (!panel.visible) connection.lost();
    });
    panel.onDidDispose(() => {
      if (this.#panel === panel) this.#panel = undefined;
      connection.dispose();
      connection.listener.dispose();
      visibility.dispose();
    });
  }
}
