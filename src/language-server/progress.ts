import {
  type Connection,
  type ProgressToken,
  WorkDoneProgress,
  type WorkDoneProgressBegin,
  WorkDoneProgressCancelNotification,
  WorkDoneProgressCreateRequest,
  type WorkDoneProgressEnd,
  type WorkDoneProgressReport,
} from 'vscode-languageserver/node';

/** How far one long request is, told with `$/progress`. */
export interface Progress {
  /** Aborts when the person cancels it where it is shown. */
  readonly signal: AbortSignal;
  report(message: string): void;
  done(): void;
}

/** Shows progress under the token that the editor sent with its request, or under one that it is asked to make. */
export class ProgressMaker {
  readonly #connection: Connection;
  readonly #cancels = new Map<ProgressToken, AbortController>();
  #count = 0;
  #canCreate = false;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Call when the editor's capabilities are known. @param canCreate whether it makes progress when it is asked to. */
  start(canCreate: boolean): void {
    this.#canCreate = canCreate;
    // Not before: the library sets a handler of its own as it initializes.
    this.#connection.onNotification(WorkDoneProgressCancelNotification.type, ({ token }) =>
      this.#cancels.get(token)?.abort(),
    );
  }

  async begin(title: string, message: string, given: ProgressToken | undefined): Promise<Progress> {
    const token = given ?? (this.#canCreate ? `ask-codebase-${++this.#count}` : undefined);
    if (given === undefined && token !== undefined)
      await this.#connection.sendRequest(WorkDoneProgressCreateRequest.type, { token });
    const cancel = new AbortController();
    if (token !== undefined) this.#cancels.set(token, cancel);
    const send = (value: WorkDoneProgressBegin | WorkDoneProgressReport | WorkDoneProgressEnd) => {
      if (token !== undefined) void this.#connection.sendProgress(WorkDoneProgress.type, token, value);
    };
    send({ kind: 'begin', title, message, cancellable: true });
    return {
      signal: cancel.signal,
      report: (text) => send({ kind: 'report', message: text, cancellable: true }),
      done: () => {
        if (token !== undefined) this.#cancels.delete(token);
        send({ kind: 'end' });
      },
    };
  }
}
