import { type Disposable, type Uri, workspace } from 'vscode';

/** Every change of a file in the workspace. Watches from the first listener on. */
export class FileChanges {
  readonly #listeners = new Set<(uri: Uri) => void>();
  readonly #disposables: Disposable[];

  constructor(disposables: Disposable[]) {
    this.#disposables = disposables;
  }

  readonly on = (listener: (uri: Uri) => void): void => {
    if (this.#listeners.size === 0) this.#begin();
    this.#listeners.add(listener);
  };

  #begin(): void {
    const tell = (uri: Uri) => {
      for (const listener of this.#listeners) listener(uri);
    };
    const watcher = workspace.createFileSystemWatcher('**/*');
    this.#disposables.push(watcher, watcher.onDidCreate(tell), watcher.onDidChange(tell), watcher.onDidDelete(tell));
  }
}
