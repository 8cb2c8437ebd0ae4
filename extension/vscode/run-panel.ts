import { Uri, ViewColumn, type WebviewPanel, window } from 'vscode';
import type { ViewMessage } from '../../src/protocol/messages.ts';
import type { Chat } from '../core/chat.ts';
import { oneLine } from '../core/failure-help.ts';
import { runPanelId } from '../ids.ts';
import { linkWebview, type WebviewLink } from './webview-link.ts';

/** The panel beside the editor: at most one, showing one run. */
export class RunPanel {
  readonly #link: WebviewLink;
  readonly #chat: Chat;
  #panel: WebviewPanel | undefined;
  #shown: string | undefined;

  constructor(link: WebviewLink, chat: Chat) {
    this.#link = link;
    this.#chat = chat;
  }

  /** The run that is shown; the newer one of two. */
  get shown(): string | undefined {
    return this.#panel === undefined ? undefined : this.#shown;
  }

  /** @throws when there is no such run. */
  async show(runId: string, agentId: string | undefined, takeFocus = false): Promise<void> {
    await this.#open(runId, takeFocus);
    this.#tell({ type: 'show', runId, agentId: agentId ?? null });
  }

  /** Steps through a run. @throws when there is no such run. */
  async replay(runId: string): Promise<void> {
    await this.#open(runId, true);
    this.#tell({ type: 'show', runId, agentId: null, replay: true });
  }

  /** Shows a run beside a later one, which is of the open conversation. @throws when it is not kept. */
  async compare(runIds: readonly [string, string]): Promise<void> {
    await this.#open(runIds[0], false);
    this.#tell({ type: 'compare', runIds });
  }

  async #open(runId: string, takeFocus: boolean): Promise<void> {
    if (!(await this.#chat.pin(runId))) throw new Error('That run is no longer kept.');
    if (this.#panel === undefined) {
      const place = { viewColumn: ViewColumn.Beside, preserveFocus: !takeFocus };
      this.#adopt(window.createWebviewPanel(runPanelId, 'Ask Codebase', place, { enableFindWidget: true }));
    } else this.#panel.reveal(undefined, !takeFocus);
  }

  /** A panel that an earlier session left open; its page says which run, or which two, it showed. */
  restore(panel: WebviewPanel, state: unknown): void {
    this.#panel?.dispose();
    this.#adopt(panel);
    this.#showAgain(shownIn(state)).catch(this.#link.onError);
  }

  async #showAgain({ runId, compare }: ReturnType<typeof shownIn>): Promise<void> {
    await this.#link.opened();
    const isKept = compare !== undefined && this.#chat.run(compare[1]) !== undefined;
    if (isKept && (await this.#chat.pin(compare[0]))) this.#tell({ type: 'compare', runIds: compare });
    else if (runId !== undefined && (await this.#chat.pin(runId))) this.#tell({ type: 'show', runId, agentId: null });
  }

  #tell(message: Extract<ViewMessage, { type: 'show' | 'compare' }>): void {
    const runId = message.type === 'show' ? message.runId : message.runIds[1];
    this.#shown = runId;
    const question = this.#chat.entry(runId)?.question;
    if (this.#panel !== undefined && question !== undefined) this.#panel.title = oneLine(question, 40);
    this.#link.hub.tell('panel', message);
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

/** What the panel's page kept of what it showed. */
function shownIn(state: unknown): { readonly runId?: string; readonly compare?: readonly [string, string] } {
  if (typeof state !== 'object' || state === null) return {};
  const runId = 'runId' in state && typeof state.runId === 'string' ? { runId: state.runId } : {};
  if (!('compare' in state) || !Array.isArray(state.compare)) return runId;
  const [earlier, later]: readonly unknown[] = state.compare;
  return typeof earlier === 'string' && typeof later === 'string' ? { ...runId, compare: [earlier, later] } : runId;
}
