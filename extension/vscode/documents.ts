import { type Disposable, EventEmitter, Uri, window, workspace } from 'vscode';

const scheme = 'ask-codebase';

/** Texts that are shown and not edited, such as the report of what is left out. */
export class ReadOnlyDocuments {
  readonly #texts = new Map<string, string>();
  readonly #changed = new EventEmitter<Uri>();

  constructor(disposables: Disposable[]) {
    const provider = {
      onDidChange: this.#changed.event,
      provideTextDocumentContent: (uri: Uri) => this.#texts.get(uri.path) ?? 'Ask for this report again.',
    };
    disposables.push(this.#changed, workspace.registerTextDocumentContentProvider(scheme, provider));
  }

  /** @param name ends in `.md`; a document of the same name is replaced. */
  async show(name: string, text: string): Promise<void> {
    const uri = Uri.from({ scheme, path: `/${name}` });
    this.#texts.set(uri.path, text);
    this.#changed.fire(uri);
    await window.showTextDocument(await workspace.openTextDocument(uri), { preview: true });
  }
}

/** A new document that the person may save. */
export async function showMarkdown(content: string): Promise<void> {
  await window.showTextDocument(await workspace.openTextDocument({ language: 'markdown', content }));
}
