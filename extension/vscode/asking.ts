import type { Memento } from 'vscode';
import type { RunLimits } from '../../src/agent/limits.ts';
import type { RunEnd } from '../../src/engine-api.ts';
import type { Attachment } from '../../src/protocol/messages.ts';
import type { Chat } from '../core/chat.ts';
import type { Asker } from '../core/chat-ports.ts';
import type { StoredEntry } from '../core/conversation-index.ts';
import { HelpfulError, helpForRun } from '../core/failure-help.ts';
import { firstUseNotice, providerOf } from '../core/model-selection.ts';
import { moreBudget } from '../core/more-budget.ts';
import { questionText } from '../core/question-text.ts';
import type { Settings } from '../core/settings.ts';
import type { EngineHost } from '../node/engine-host.ts';
import type { WorkspaceSnapshots } from '../node/workspace-snapshots.ts';
import { openFolders } from './editor-workspace.ts';
import type { Mentions } from './mentions.ts';
import type { ModelFinder } from './model-finder.ts';
import type { MadeModel, ModelMaker } from './model-maker.ts';
import type { Notices } from './notices.ts';
import { currentSettings } from './settings-access.ts';

export interface AskingPorts {
  readonly chat: Chat;
  readonly engines: EngineHost;
  readonly snapshots: WorkspaceSnapshots;
  readonly finder: ModelFinder;
  readonly maker: ModelMaker;
  readonly notices: Notices;
  readonly mentions: Mentions;
  /** Remembers which recipients the person has been told of. */
  readonly memory: Memento;
}

/** The models of one question; they stay the same until it ends. */
interface Models {
  readonly root: MadeModel;
  readonly sub: MadeModel;
  readonly sentence: string;
}

type Budget = Partial<RunLimits>;

interface AskOptions {
  readonly budget?: Budget;
  readonly again?: Again;
  /** The part that is asked about; absent: what the question mentions. */
  readonly scope?: readonly string[];
}

/** What differs when a question is asked once more. Whatever came before it in its conversation is not told. */
export interface Again {
  readonly budget?: Budget;
  /** The root's; sub-agents get what belongs to it. */
  readonly model?: string;
}

/** From a question to its run, with the settings as they are now. */
export class Asking {
  readonly #ports: AskingPorts;

  constructor(ports: AskingPorts) {
    this.#ports = ports;
  }

  /** @returns the run's id. @throws HelpfulError when nothing can be asked now. */
  async ask(question: string, attachments: readonly Attachment[], options: AskOptions = {}): Promise<string> {
    if (question.trim() === '') throw new HelpfulError('The question is empty.', []);
    if (openFolders().length === 0)
      throw new HelpfulError('No folder is open. Open a folder and ask again.', ['open-folder']);
    const { chat, engines, notices } = this.#ports;
    engines.warmUp();
    await chat.open();
    const { again, budget = again?.budget } = options;
    const settings = withModel(currentSettings(), again?.model);
    const mentioned = await this.#ports.mentions.in(question);
    const scope = options.scope ?? mentioned.scope;
    const { root, sub, sentence } = await this.models(settings);
    const engine = engines.engineWith({ root: root.model, sub: sub.model });
    const stop = new AbortController();
    const text = questionText(question, [...attachments, ...mentioned.attachments]);
    const { id } = chat.current;
    // What is asked again to compare begins anew, as the first time.
    const talk = again === undefined && { conversation: engines.conversation(id, chat.memoryOf(id)) };
    const limits = { ...settings.limits, ...budget };
    const asker: Asker = {
      scope,
      ask: (onEvent) => engine.ask(text, { limits, scope, signal: stop.signal, onEvent, ...talk }),
      models: sentence,
      secrets: [...root.secrets, ...sub.secrets],
      rootsOf: (id) => this.#ports.snapshots.rootsOf(id),
    };
    const { runId, done } = chat.ask(question, attachments, asker, () => stop.abort());
    void done
      .then((end) => this.#afterwards(runId, end, () => this.ask(question, attachments, options)))
      .catch((error) => notices.error(error));
    return runId;
  }

  /** Asks a question again that failed or was stopped, with the settings as they are now. */
  async retry(runId: string): Promise<string> {
    const entry = this.#entry(runId);
    return this.ask(entry.question, entry.attachments, scopeOf(entry));
  }

  /** Asks a question again that came to a limit, with twice of what it had, and with what it had found. */
  async goOn(runId: string): Promise<string> {
    const entry = this.#entry(runId);
    const limits = this.#ports.chat.run(runId)?.state.limits;
    if (limits === undefined) throw noSuchRun();
    return this.ask(entry.question, entry.attachments, { budget: moreBudget(limits), ...scopeOf(entry) });
  }

  /** Asks a question anew, to compare. @throws HelpfulError */
  async askAgain(runId: string, again: Again): Promise<string> {
    const entry = this.#entry(runId);
    return this.ask(entry.question, entry.attachments, { again, ...scopeOf(entry) });
  }

  /** @throws HelpfulError */
  async models(settings: Settings): Promise<Models> {
    const { finder, maker } = this.#ports;
    const { selection, found } = await finder.select(settings);
    if (selection.kind === 'problem') throw new HelpfulError(selection.problem, ['choose-model']);
    const { root: rootSpec, sub: subSpec, sentence } = selection.choice;
    const root = await maker.make(rootSpec, settings, found);
    const sub = subSpec === rootSpec ? root : await maker.make(subSpec, settings, found);
    await this.#tellOnce([root, sub]);
    return { root, sub, sentence };
  }

  async #tellOnce(made: readonly MadeModel[]): Promise<void> {
    const { memory, notices } = this.#ports;
    const recipients = new Map(
      made.flatMap(({ recipient }) => (recipient ? [[recipient.id, recipient] as const] : [])),
    );
    const untold = [...recipients.keys()].map((id) => `told:${id}`).filter((name) => memory.get(name) !== true);
    if (untold.length === 0) return;
    for (const name of untold) await memory.update(name, true);
    const names = [...recipients.values()].map(({ name }) => name);
    const notes = [...recipients.values()].map(({ note }) => note);
    notices.inform(firstUseNotice(names.join(' and ')) + notes.join(''), ['choose-model']);
  }

  #entry(runId: string): StoredEntry {
    const entry = this.#ports.chat.entry(runId);
    if (entry === undefined) throw noSuchRun();
    return entry;
  }

  #afterwards(runId: string, end: RunEnd, again: () => Promise<string>): void {
    const { chat, notices } = this.#ports;
    const state = chat.run(runId)?.state;
    const help = state === undefined ? undefined : helpForRun(end, state);
    if (help !== undefined) notices.error(end.reason, help, () => again());
  }
}

const noSuchRun = () => new HelpfulError('There is no such run any more.', []);

const scopeOf = ({ scope }: StoredEntry) => (scope === undefined ? {} : { scope });

/** Addresses and headers are those of the model that is set: another provider must not get them. */
function withModel(settings: Settings, model: string | undefined): Settings {
  if (model === undefined || model === settings.model) return settings;
  const other = { ...settings, model, subModel: '' };
  return providerOf(model) === providerOf(settings.model) ? other : { ...other, baseUrl: '', headers: {} };
}
