import { type Disposable, type Uri, workspace } from 'vscode';
import { BadgeBoard } from '../core/badge-board.ts';
import type { Chat } from '../core/chat.ts';
import { linesNow, uriOfPlace } from './editor-workspace.ts';
import type { FileChanges } from './file-changes.ts';

const debounceMs = 300;

/** Looks at cited files again when they change, and at no others. */
export class BadgeKeeper {
  readonly board = new BadgeBoard({ uriOf: (place) => uriOfPlace(place).toString(), lines: linesNow });
  readonly #chat: Chat;
  readonly #onChange: () => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(chat: Chat, changes: FileChanges, onChange: () => void, disposables: Disposable[]) {
    this.#chat = chat;
    this.#onChange = onChange;
    changes.on((uri) => this.#maybe(uri));
    disposables.push(
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.#maybe(document.uri);
      }),
      workspace.onDidCloseTextDocument(({ uri }) => this.#maybe(uri)),
      { dispose: () => clearTimeout(this.#timer) },
    );
  }

  async refresh(): Promise<void> {
    if (await this.board.refresh(this.#chat.ended)) this.#onChange();
  }

  #maybe(uri: Uri): void {
    const { ended } = this.#chat;
    if (ended.length === 0 || !this.board.cited(ended).has(uri.toString())) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.refresh().catch(() => undefined), debounceMs);
  }
}
