import { commands, type WebviewView } from 'vscode';
import type { Attachment } from '../../src/protocol/messages.ts';
import { chatViewId } from '../ids.ts';
import { linkWebview, type WebviewLink } from './webview-link.ts';

/** The conversation beside the explorer. */
export class Sidebar {
  readonly #link: WebviewLink;
  /** Said before there was a view. */
  #toCompose: { readonly text: string; readonly attachments: readonly Attachment[] } | undefined;
  #shown = false;

  constructor(link: WebviewLink) {
    this.#link = link;
  }

  resolve(view: WebviewView): void {
    const connection = linkWebview(view.webview, 'sidebar', this.#link);
    this.#shown = true;
    const visibility = view.onDidChangeVisibility(() => {
      if (!view.visible) connection.lost();
    });
    view.onDidDispose(() => {
      this.#shown = false;
      connection.dispose();
      connection.listener.dispose();
      visibility.dispose();
    });
    if (this.#toCompose !== undefined) this.#tell(this.#toCompose);
    this.#toCompose = undefined;
  }

  async reveal(): Promise<void> {
    await commands.executeCommand(`${chatViewId}.focus`);
  }

  /** Puts the cursor into the question box. */
  async compose(text: string, attachments: readonly Attachment[]): Promise<void> {
    if (this.#shown) this.#tell({ text, attachments });
    else this.#toCompose = { text, attachments };
    await this.reveal();
  }

  #tell(what: { readonly text: string; readonly attachments: readonly Attachment[] }): void {
    this.#link.hub.tell('sidebar', { type: 'compose', ...what });
  }
}
