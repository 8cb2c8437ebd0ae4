import { basename } from 'node:path';
import { Uri, window, workspace } from 'vscode';
import type { RequestHandlers } from '../../src/protocol/channel.ts';
import type { RunEvent } from '../../src/runs/events.ts';
import type { ExportFormat } from '../../src/runs/export/formats.ts';
import { exportedRun } from '../../src/runs/node/exported-run.ts';
import type { Chat } from '../core/chat.ts';
import { HelpfulError } from '../core/failure-help.ts';
import { moreBudget } from '../core/more-budget.ts';
import { textOf } from '../core/request-params.ts';
import { type ExportChoice, exportChoices, exportName, rerunChoices } from '../core/run-sharing.ts';
import type { Again, Asking } from './asking.ts';
import { openFolders } from './editor-workspace.ts';
import type { ModelMenu } from './model-menu.ts';

export interface SharingPorts {
  readonly chat: Chat;
  readonly asking: Asking;
  readonly menu: ModelMenu;
  /** Where the bundle of the exported page is. */
  readonly bundleDir: string;
  /** Keys that were used, so that none gets into an export. */
  readonly secrets: () => readonly string[];
  readonly compare: (runIds: readonly [string, string]) => Promise<void>;
}

/** What can be done with a run that has ended, besides looking at it. */
export class RunSharing {
  readonly #ports: SharingPorts;

  constructor(ports: SharingPorts) {
    this.#ports = ports;
  }

  get handlers(): Pick<RequestHandlers, 'eventsOf' | 'rerun' | 'exportRun'> {
    return {
      eventsOf: (params) => ({ events: this.#ended(textOf(params, 'runId')).whole }),
      rerun: async (params) => {
        await this.rerun(textOf(params, 'runId'));
        return {};
      },
      exportRun: async (params) => {
        await this.export(textOf(params, 'runId'));
        return {};
      },
    };
  }

  /** Asks once more in the way that the person picks, and shows both runs. */
  async rerun(runId: string): Promise<void> {
    const { asking, compare } = this.#ports;
    const again = await this.#howAgain(runId);
    if (again !== undefined) await compare([runId, await asking.askAgain(runId, again)]);
  }

  async #howAgain(runId: string): Promise<Again | undefined> {
    const { limits, models } = this.#ended(runId).state;
    if (limits === undefined) throw new HelpfulError('There is no such run any more.', []);
    const choices = rerunChoices(models, moreBudget(limits));
    const chosen = await window.showQuickPick([...choices], { title: 'Ask Codebase: Re-run' });
    if (chosen?.how === 'model') {
      const model = await this.#ports.menu.pickModel();
      return model === undefined ? undefined : { model };
    }
    if (chosen?.how === 'budget') return { budget: moreBudget(limits) };
    return chosen === undefined ? undefined : {};
  }

  /** Writes a run where the person says. */
  async export(runId: string): Promise<void> {
    const { chat } = this.#ports;
    const { question } = this.#ended(runId).state;
    const choice = await window.showQuickPick([...exportChoices], { title: 'Ask Codebase: Export run' });
    if (choice === undefined) return;
    const uri = await window.showSaveDialog({ ...dialogOf(choice), ...placeOf(exportName(question, choice)) });
    if (uri === undefined) return;
    // The log has what was sent to models as well; a run whose log is lost is still in memory.
    const logged = await chat.logged(runId);
    const events = logged.length > 0 ? logged : this.#ended(runId).whole;
    const text = await this.#written(runId, events, choice.format);
    if (text === '') throw new HelpfulError('No model replied in this run: there is nothing to train on.', []);
    await workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    void window.showInformationMessage(`Exported to ${basename(uri.path)}, without secrets and absolute paths.`);
  }

  #written(runId: string, events: readonly RunEvent[], format: ExportFormat): Promise<string> {
    const { chat, bundleDir, secrets } = this.#ports;
    // Those of then; others may be open by now.
    const roots = (chat.entry(runId)?.roots ?? []).map(({ uri }) => Uri.parse(uri));
    const workspaces = [...openFolders().map(({ uri }) => uri), ...roots].map(({ fsPath }) => fsPath);
    return exportedRun(events, format, { secrets: secrets(), workspaces, env: process.env, bundleDir });
  }

  #ended(runId: string) {
    const run = this.#ports.chat.run(runId);
    if (run === undefined) throw new HelpfulError('That run is no longer kept.', []);
    if (!run.ended) throw new HelpfulError('The run has not ended yet.', []);
    return run;
  }
}

const dialogOf = ({ label, extension }: ExportChoice) => ({
  title: 'Ask Codebase: Export run',
  saveLabel: 'Export',
  filters: { [label]: [extension] },
});

/** Beside the folder's files, where a dialog would begin elsewhere. */
function placeOf(name: string): { readonly defaultUri?: Uri } {
  const [folder] = openFolders();
  return folder === undefined ? {} : { defaultUri: folder.uri.with({ path: `${folder.uri.path}/${name}` }) };
}
