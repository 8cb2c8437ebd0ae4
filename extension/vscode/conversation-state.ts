import { workspace } from 'vscode';
import type { ConversationState, ModelChoice, Readiness } from '../../src/protocol/messages.ts';
import type { Chat } from '../core/chat.ts';
import { estimateText } from '../core/estimate.ts';
import { openFolders } from './editor-workspace.ts';

/** The open conversation with the models and folders as they are now. */
export function conversationState(chat: Chat, models: ModelChoice): ConversationState {
  const asked = chat.conversations.flatMap(({ entries }) => entries);
  return {
    conversationId: chat.current.id,
    entries: chat.entries,
    models,
    estimate: estimateText(asked, models),
    folders: openFolders().map(({ name }) => name),
    readiness: readiness(),
  };
}

function readiness(): Readiness {
  if (openFolders().length === 0) return { kind: 'no-folder' };
  return { kind: workspace.isTrusted ? 'ready' : 'untrusted' };
}
