import { env } from 'vscode';
import type { Citation } from '../../src/citations/citation.ts';
import { sha256 } from '../../src/cli/sha256.ts';
import type { RequestHandlers } from '../../src/protocol/channel.ts';
import { mentionKinds } from '../../src/protocol/mentions.ts';
import type { Chat } from '../core/chat.ts';
import { HelpfulError } from '../core/failure-help.ts';
import { leftOutReport } from '../core/left-out-report.ts';
import { placeOf } from '../core/places.ts';
import { attachmentsOf, indexOf, optionalText, textOf } from '../core/request-params.ts';
import { savedAnswer } from '../core/saved-answer.ts';
import { rangeToOpen } from '../core/staleness.ts';
import type { Asking } from './asking.ts';
import type { BadgeKeeper } from './badge-keeper.ts';
import type { CitationEditor } from './citation-editor.ts';
import { type ReadOnlyDocuments, showMarkdown } from './documents.ts';
import { uriOfPlace } from './editor-workspace.ts';
import type { Mentions } from './mentions.ts';
import { type Notices, openFolderDialog } from './notices.ts';
import type { RunSharing } from './run-sharing.ts';

export interface HandlerPorts {
  readonly chat: Chat;
  readonly asking: Asking;
  readonly badges: BadgeKeeper;
  readonly editor: CitationEditor;
  readonly documents: ReadOnlyDocuments;
  readonly notices: Notices;
  readonly mentions: Mentions;
  readonly openPanel: (runId: string, agentId: string | undefined) => Promise<void>;
  readonly setKey: () => Promise<void>;
  readonly chooseModel: () => Promise<void>;
  readonly showLoaded: () => Promise<void>;
  readonly showOutput: () => void;
  readonly sharing: RunSharing;
}

const done = {};

/** What the views may ask for. A throw becomes a refusal that the view shows. */
export function requestHandlers(ports: HandlerPorts): Omit<RequestHandlers, 'ready'> {
  const { chat, asking, badges, notices } = ports;
  const asked = async (begun: Promise<string>) => {
    try {
      return { runId: await begun };
    } catch (error) {
      if (error instanceof HelpfulError && error.help.length > 0) notices.error(error);
      throw error;
    }
  };
  return {
    ...ports.sharing.handlers,
    ask: (params) => asked(asking.ask(textOf(params, 'question'), attachmentsOf(params))),
    retry: (params) => asked(asking.retry(textOf(params, 'runId'))),
    goOn: (params) => asked(asking.goOn(textOf(params, 'runId'))),
    complete: async (params) => {
      const kind = mentionKinds.find((one) => one === textOf(params, 'kind'));
      return { items: kind === undefined ? [] : await ports.mentions.complete(kind, textOf(params, 'typed')) };
    },
    stop: (params) => {
      chat.stop(textOf(params, 'runId'), optionalText(params, 'agentId'));
      return done;
    },
    openCitation: async (params) => openCitation(ports, textOf(params, 'runId'), indexOf(params, 'index')),
    reanchor: async (params) => {
      const [runId, index] = [textOf(params, 'runId'), indexOf(params, 'index')];
      const now = badges.board.of(runId)?.find((badge) => badge.index === index)?.now;
      if (!now) throw new Error('The cited text is nowhere in the file any more.');
      chat.anchor(runId, index, now);
      await badges.refresh();
      return done;
    },
    unfold: async (params) => {
      if (!(await chat.unfold(textOf(params, 'runId')))) throw new Error('That run is no longer kept.');
      return done;
    },
    openPanel: async (params) => {
      await ports.openPanel(textOf(params, 'runId'), optionalText(params, 'agentId'));
      return done;
    },
    copy: async (params) => {
      await env.clipboard.writeText(textOf(params, 'text'));
      return done;
    },
    saveMarkdown: async (params) => saveMarkdown(ports, textOf(params, 'runId')),
    showLeftOut: async (params) => showLeftOut(ports, optionalText(params, 'runId')),
    setKey: async () => {
      await ports.setKey();
      return done;
    },
    chooseModel: async () => {
      await ports.chooseModel();
      return done;
    },
    newConversation: () => {
      chat.newConversation();
      return done;
    },
    openFolder: async () => {
      await openFolderDialog();
      return done;
    },
    showOutput: () => {
      ports.showOutput();
      return done;
    },
  };
}

async function openCitation(
  { chat, badges, editor }: HandlerPorts,
  runId: string,
  index: number,
): Promise<typeof done> {
  const citation: Citation | undefined = chat.run(runId)?.state.citations[index];
  const entry = chat.entry(runId);
  if (citation === undefined || entry === undefined) throw new Error('There is no such citation.');
  const place = placeOf(entry.roots, citation.path);
  if (place === undefined) throw new Error(`No open folder has ${citation.path}.`);
  const badge = badges.board.of(runId)?.find((one) => one.index === index);
  await editor.open(uriOfPlace(place), rangeToOpen(citation, badge)).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`${citation.path} cannot be opened: ${why}`);
  });
  return done;
}

async function saveMarkdown({ chat }: HandlerPorts, runId: string): Promise<typeof done> {
  const [entry, state] = [chat.entry(runId), chat.run(runId)?.state];
  if (entry === undefined || state?.end === undefined) throw new Error('The run has not ended yet.');
  await showMarkdown(savedAnswer(entry, state, state.end, sha256));
  return done;
}

async function showLeftOut(ports: HandlerPorts, runId: string | undefined): Promise<typeof done> {
  const state = runId === undefined ? undefined : ports.chat.run(runId)?.state;
  const coverage = state?.end?.coverage ?? state?.snapshot?.coverage;
  if (coverage === undefined) await ports.showLoaded();
  else await ports.documents.show('What was loaded.md', leftOutReport(coverage));
  return done;
}
