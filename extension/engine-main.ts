import type { ExtensionContext, WebviewPanel, WebviewView } from 'vscode';
import type { CommandName } from './ids.ts';
import { composeHost } from './vscode/compose-host.ts';
import type { Doors } from './vscode/doors/doors.ts';

/** The extension as the activation bundle knows it. */
export interface Host {
  command(name: CommandName, given: readonly unknown[]): Promise<void> | void;
  showSidebar(view: WebviewView): void;
  /** Checks citations in Markdown files from now on. Idempotent. */
  liveCitations(): Promise<void>;
  restorePanel(panel: WebviewPanel, state: unknown): void;
  readonly doors: Doors;
  /** Ends what runs and saves it. Resolves within two seconds. */
  close(): Promise<void>;
}

export const createHost = (context: ExtensionContext): Host => composeHost(context);
