import { workspace } from 'vscode';
import type { ConversationState, Readiness } from '../../src/protocol/messages.ts';
import type { Chat } from '../core/chat.ts';
import { selectModels } from '../core/model-selection.ts';
import { openFolders } from './editor-workspace.ts';
import { currentSettings } from './settings-access.ts';

/** The open conversation with the settings and folders as they are now. */
export function conversationState(chat: Chat): ConversationState {
  return {
    conversationId: chat.current.id,
    entries: chat.entries,
    models: selectModels(currentSettings()).choice,
    folders: openFolders().map(({ name }) => name),
    readiness: readiness(),
  };
}

function readiness(): Readiness {
  if (openFolders().length === 0) return { kind: 'no-folder' };
  return { kind: workspace.isTrusted ? 'ready' : 'untrusted' };
}
