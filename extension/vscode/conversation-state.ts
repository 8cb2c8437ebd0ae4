import { window, workspace } from 'vscode';
import type { ConversationState, ModelChoice, Readiness } from '../../src/protocol/messages.ts';
import type { Chat } from '../core/chat.ts';
import { estimateText } from '../core/estimate.ts';
import { startersFor } from '../core/starters.ts';
import { pathOf } from './attachment.ts';
import { openFolders } from './editor-workspace.ts';
import { currentSettings } from './settings-access.ts';

/** The open conversation with the models and folders as they are now. */
export function conversationState(chat: Chat, models: ModelChoice): ConversationState {
  const asked = chat.conversations.flatMap(({ entries }) => entries);
  return {
    conversationId: chat.current.id,
    entries: chat.entries,
    models,
    estimate: estimateText(asked, models, currentSettings().limits),
    folders: openFolders().map(({ name }) => name),
    readiness: readiness(),
    starters: startersFor(
      openFolders().map(({ name }) => name),
      shownFile(),
    ),
  };
}

function readiness(): Readiness {
  if (openFolders().length === 0) return { kind: 'no-folder' };
  return { kind: workspace.isTrusted ? 'ready' : 'untrusted' };
}

/** The file that the person looks at, when it is one of the workspace. */
function shownFile(): string | undefined {
  const uri = window.activeTextEditor?.document.uri;
  return uri === undefined || workspace.getWorkspaceFolder(uri) === undefined ? undefined : pathOf(uri);
}
