import { ConfigurationTarget, FileType, type QuickPickItem, Uri, window, workspace } from 'vscode';
import { HelpfulError, oneLine } from '../core/failure-help.ts';
import {
  fillIn,
  maxFileBytes,
  maxFiles,
  placeholdersOf,
  questionOfFile,
  questionsOfSetting,
  type SavedQuestion,
} from '../core/saved-questions.ts';
import { settingsSection } from '../ids.ts';
import { openFolders } from './editor-workspace.ts';

const setting = 'questions';
const folder = '.ask-codebase/questions';

/** Lets the person choose a saved question and fill it in. @returns its text, which nobody has asked yet. */
export async function chooseQuestion(): Promise<string | undefined> {
  const questions = [...ownQuestions(), ...(await workspaceQuestions())];
  if (questions.length === 0) throw new HelpfulError(`There is no saved question. ${howToSave()}`, []);
  const items = questions.map((question): QuickPickItem & { readonly question: SavedQuestion } => ({
    question,
    label: question.title,
    description: question.from === 'workspace' ? 'of this workspace' : '',
    detail: oneLine(question.text, 160),
  }));
  const options = { title: 'Ask a saved question', placeHolder: 'It is shown before it is asked', matchOnDetail: true };
  const chosen = await window.showQuickPick(items, options);
  return chosen === undefined ? undefined : fillInByHand(chosen.question);
}

/** Keeps a question under a title in the person's own settings. */
export async function saveQuestion(text: string): Promise<void> {
  const prompt = 'Its name in the list. {{name}} in the question is asked for each time.';
  const title = await window.showInputBox({ title: 'Save question', prompt, value: oneLine(text, 60) });
  if (title === undefined || title.trim() === '') return;
  const saved = ownSetting();
  await workspace
    .getConfiguration(settingsSection)
    .update(setting, { ...saved, [title.trim()]: text }, ConfigurationTarget.Global);
}

const howToSave = (): string =>
  workspace.isTrusted
    ? `"Ask Codebase: Save last question" keeps one; files in ${folder} of the workspace are offered, too.`
    : `"Ask Codebase: Save last question" keeps one. Those of the workspace are offered when you trust it.`;

/** The person's own only, also where a workspace tries to set some. */
const ownSetting = (): object => {
  const value: unknown = workspace.getConfiguration(settingsSection).inspect(setting)?.globalValue;
  return typeof value === 'object' && value !== null ? value : {};
};

const ownQuestions = (): readonly SavedQuestion[] => questionsOfSetting(ownSetting());

async function workspaceQuestions(): Promise<readonly SavedQuestion[]> {
  if (!workspace.isTrusted) return [];
  const all = await Promise.all(openFolders().map(({ uri }) => questionsIn(Uri.joinPath(uri, folder))));
  return all.flat();
}

async function questionsIn(uri: Uri): Promise<readonly SavedQuestion[]> {
  const entries = await workspace.fs.readDirectory(uri).then(undefined, () => []);
  const names = entries
    .filter(([name, type]) => type === FileType.File && /\.md$/i.test(name))
    .map(([name]) => name)
    .toSorted()
    .slice(0, maxFiles);
  const read = await Promise.all(names.map((name) => questionIn(Uri.joinPath(uri, name), name)));
  return read.filter((question) => question !== undefined);
}

/** Links are not followed, and what is too large or no text is passed over. */
async function questionIn(uri: Uri, name: string): Promise<SavedQuestion | undefined> {
  try {
    const { type, size } = await workspace.fs.stat(uri);
    if (type !== FileType.File || size > maxFileBytes) return undefined;
    const bytes = await workspace.fs.readFile(uri);
    return questionOfFile(name, new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

async function fillInByHand({ title, text }: SavedQuestion): Promise<string | undefined> {
  const given = new Map<string, string>();
  for (const { name, hint } of placeholdersOf(text)) {
    const value = await window.showInputBox({ title, prompt: hint === '' ? name : `${name}: ${hint}` });
    if (value === undefined) return undefined;
    given.set(name, value);
  }
  return fillIn(text, given);
}
