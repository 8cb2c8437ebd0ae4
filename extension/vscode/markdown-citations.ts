import { commands, type Disposable, Uri, workspace } from 'vscode';
import { findFacts } from '../../src/citations/read-saved.ts';
import { sha256 } from '../../src/cli/sha256.ts';
import { commandNames } from '../../src/language-server/command-names.ts';
import type { ServerPorts } from '../../src/language-server/ports.ts';
import { HelpfulError } from '../core/failure-help.ts';
import { placeOf } from '../core/places.ts';
import type { WorkspaceSnapshots } from '../node/workspace-snapshots.ts';
import type { CitationClient } from './citation-client.ts';
import { uriOfPlace } from './editor-workspace.ts';

/** Live citations in Markdown files, from the first file on that has some. */
export class MarkdownCitations {
  readonly #snapshots: WorkspaceSnapshots;
  #client: Promise<CitationClient> | undefined;

  /** @param ask asks a question as if the person had typed it. @param onError told what goes wrong in a command. */
  constructor(
    snapshots: WorkspaceSnapshots,
    disposables: Disposable[],
    ask: (question: string) => Promise<void>,
    onError: (error: unknown) => void,
  ) {
    this.#snapshots = snapshots;
    disposables.push(
      commands.registerCommand(commandNames.askAgain, (uri: unknown) => askAgain(uri, ask).catch(onError)),
      workspace.onDidChangeTextDocument(({ document }) => {
        if (document.languageId !== 'markdown' && document.uri.scheme !== 'output') void this.#codeChanged();
      }),
    );
  }

  async start(): Promise<void> {
    this.#client ??= import('./citation-client.ts').then(({ startCitationClient }) =>
      startCitationClient(this.#ports()),
    );
    await this.#client;
  }

  async stop(): Promise<void> {
    await (await this.#client)?.stop();
  }

  async #codeChanged(): Promise<void> {
    (await this.#client)?.codeChanged();
  }

  #ports(): ServerPorts {
    return {
      code: (signal) => this.#snapshots.get(signal),
      uriOf: (path, { id }) => {
        const place = placeOf(this.#snapshots.rootsOf(id), path);
        return place && uriOfPlace(place).toString();
      },
      hash: sha256,
      close: async () => undefined,
    };
  }
}

async function askAgain(uri: unknown, ask: (question: string) => Promise<void>): Promise<void> {
  const document = await workspace.openTextDocument(Uri.parse(String(uri)));
  const question = findFacts(document.getText())?.facts?.question ?? '';
  if (question === '') throw new HelpfulError('This file does not say what was asked.', []);
  await ask(question);
}
