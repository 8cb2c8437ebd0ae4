import type { Memento } from 'vscode';
import type { RunEnd } from '../../src/engine-api.ts';
import type { Attachment } from '../../src/protocol/messages.ts';
import type { Chat } from '../core/chat.ts';
import type { Asker } from '../core/chat-ports.ts';
import type { Endpoint } from '../core/endpoint.ts';
import { HelpfulError, helpForRun } from '../core/failure-help.ts';
import { firstUseNotice, selectModels } from '../core/model-selection.ts';
import { questionText } from '../core/question-text.ts';
import type { Settings } from '../core/settings.ts';
import type { EngineHost } from '../node/engine-host.ts';
import type { WorkspaceSnapshots } from '../node/workspace-snapshots.ts';
import { openFolders } from './editor-workspace.ts';
import type { Keys } from './keys.ts';
import type { Notices } from './notices.ts';
import { currentSettings } from './settings-access.ts';

export interface AskingPorts {
  readonly chat: Chat;
  readonly engines: EngineHost;
  readonly snapshots: WorkspaceSnapshots;
  readonly keys: Keys;
  readonly notices: Notices;
  /** Remembers which endpoints the person has been told of. */
  readonly memory: Memento;
}

/** From a question to its run, with the settings as they are now. */
export class Asking {
  readonly #ports: AskingPorts;

  constructor(ports: AskingPorts) {
    this.#ports = ports;
  }

  /** @returns the run's id. @throws HelpfulError when nothing can be asked now. */
  async ask(question: string, attachments: readonly Attachment[]): Promise<string> {
    if (question.trim() === '') throw new HelpfulError('The question is empty.', []);
    if (openFolders().length === 0)
      throw new HelpfulError('No folder is open. Open a folder and ask again.', ['open-folder']);
    const { chat, engines, notices } = this.#ports;
    await chat.open();
    const settings = currentSettings();
    const { apiKey, offline } = await this.#provider(settings);
    const made = engines.engineFor({ root: settings.model, sub: settings.subModel, baseUrl: settings.baseUrl, apiKey });
    if (made.kind === 'problem') throw new HelpfulError(made.problem, ['choose-model', 'set-key']);
    engines.warmUp();
    const stop = new AbortController();
    const text = questionText(question, attachments, offline ? [] : chat.earlier);
    const asker: Asker = {
      ask: (onEvent) => made.engine.ask(text, { limits: settings.limits, signal: stop.signal, onEvent }),
      secrets: apiKey === undefined ? [] : [apiKey],
      rootsOf: (id) => this.#ports.snapshots.rootsOf(id),
    };
    const { runId, done } = chat.ask(question, attachments, asker, () => stop.abort());
    void done
      .then((end) => this.#afterwards(runId, end, () => this.ask(question, attachments)))
      .catch((error) => notices.error(error));
    return runId;
  }

  /** @throws HelpfulError */
  async #provider(settings: Settings): Promise<{ readonly apiKey: string | undefined; readonly offline: boolean }> {
    const selection = selectModels(settings);
    if (selection.kind === 'problem') throw new HelpfulError(selection.problem, ['choose-model']);
    if (selection.kind === 'offline') return { apiKey: undefined, offline: true };
    const { endpoint } = selection;
    const source = await this.#ports.keys.of(endpoint);
    if (source.kind === 'none' && endpoint.isDefault)
      throw new HelpfulError(`${settings.model} needs an API key for ${endpoint.host}.`, ['set-key', 'choose-model']);
    await this.#tellOnce(endpoint, source.kind === 'environment');
    return { apiKey: source.kind === 'none' ? undefined : source.key, offline: false };
  }

  async #tellOnce(endpoint: Endpoint, keyOfEnvironment: boolean): Promise<void> {
    const { memory, notices } = this.#ports;
    const name = `told:${endpoint.origin}`;
    if (endpoint.isLocal || memory.get(name) === true) return;
    await memory.update(name, true);
    const key = keyOfEnvironment ? ' The key is OPENAI_API_KEY of the environment.' : '';
    notices.inform(firstUseNotice(endpoint) + key, ['choose-model']);
  }

  #afterwards(runId: string, end: RunEnd, again: () => Promise<string>): void {
    const { chat, notices } = this.#ports;
    const state = chat.run(runId)?.state;
    const help = state === undefined ? undefined : helpForRun(end, state);
    if (help !== undefined) notices.error(end.reason, help, () => again());
  }
}
