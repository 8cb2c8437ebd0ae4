import { type QuickInputButton, type QuickPick, type QuickPickItem, ThemeIcon, window } from 'vscode';
import type { Chat } from '../core/chat.ts';
import { type HistoryItem, historyItems } from '../core/history-items.ts';

type Row = HistoryItem & QuickPickItem;

const rename: QuickInputButton = { iconPath: new ThemeIcon('edit'), tooltip: 'Rename' };
const remove: QuickInputButton = { iconPath: new ThemeIcon('trash'), tooltip: 'Delete' };
const removeAll: QuickInputButton = { iconPath: new ThemeIcon('clear-all'), tooltip: 'Delete all' };

/** The list of conversations: search, reopen, rename and delete. Resolves when it closes, with the one that was chosen. */
export async function chooseConversation(chat: Chat): Promise<string | undefined> {
  await chat.open();
  for (;;) {
    const act = await pick(chat);
    if (act.kind === 'open') return act.id;
    if (act.kind === 'rename') await askName(chat, act.row);
    else await confirmRemoval(chat, act.rows);
    if (rowsOf(chat).length === 0) return undefined;
  }
}

type Act =
  | { readonly kind: 'open'; readonly id: string | undefined }
  | { readonly kind: 'rename'; readonly row: Row }
  | { readonly kind: 'remove'; readonly rows: readonly Row[] };

const rowsOf = (chat: Chat): readonly Row[] =>
  historyItems(chat.conversations, chat.current.id, (time) => new Date(time).toLocaleString()).map((item) => ({
    ...item,
    buttons: [rename, remove],
  }));

function pick(chat: Chat): Promise<Act> {
  const rows = rowsOf(chat);
  const list: QuickPick<Row> = window.createQuickPick<Row>();
  list.title = 'Ask Codebase: History';
  list.placeholder = rows.length === 0 ? 'There is no conversation yet' : 'Search conversations by their questions';
  list.matchOnDescription = true;
  list.matchOnDetail = true;
  list.items = rows;
  list.buttons = rows.length > 1 ? [removeAll] : [];
  return new Promise<Act>((resolve) => {
    list.onDidAccept(() => resolve({ kind: 'open', id: list.selectedItems[0]?.id }));
    list.onDidHide(() => resolve({ kind: 'open', id: undefined }));
    list.onDidTriggerButton(() => resolve({ kind: 'remove', rows }));
    list.onDidTriggerItemButton(({ button, item }) =>
      resolve(button === rename ? { kind: 'rename', row: item } : { kind: 'remove', rows: [item] }),
    );
    list.show();
  }).finally(() => list.dispose());
}

async function askName(chat: Chat, { id, label }: Row): Promise<void> {
  const prompt = 'A name for the conversation; empty for its first question';
  const name = await window.showInputBox({ title: 'Rename conversation', value: label, prompt });
  if (name !== undefined) chat.rename(id, name);
}

async function confirmRemoval(chat: Chat, rows: readonly Row[]): Promise<void> {
  const what = rows.length === 1 ? `“${rows[0]?.label}”` : `all ${rows.length} conversations`;
  const detail = 'Their runs and logs are deleted from this machine. This cannot be undone.';
  const answer = await window.showWarningMessage(`Delete ${what}?`, { modal: true, detail }, 'Delete');
  if (answer !== 'Delete') return;
  for (const { id } of rows) await chat.remove(id);
}
