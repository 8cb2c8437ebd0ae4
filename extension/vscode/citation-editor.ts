import {
  type Disposable,
  OverviewRulerLane,
  Range,
  Selection,
  type Tab,
  TabInputWebview,
  type TextEditor,
  TextEditorRevealType,
  TextEditorSelectionChangeKind,
  ThemeColor,
  type Uri,
  ViewColumn,
  window,
  workspace,
} from 'vscode';
import type { LineRange } from '../../src/citations/quote.ts';
import { runPanelId } from '../ids.ts';

/** Opens cited lines and marks them until the next edit or click. */
export class CitationEditor {
  readonly #mark = window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new ThemeColor('editor.findMatchHighlightBackground'),
    overviewRulerColor: new ThemeColor('editorOverviewRuler.findMatchForeground'),
    overviewRulerLane: OverviewRulerLane.Full,
    // High contrast themes have no such background.
    border: '1px solid',
    borderColor: new ThemeColor('contrastActiveBorder'),
  });
  #marked: TextEditor | undefined;

  constructor(disposables: Disposable[]) {
    disposables.push(
      this.#mark,
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0 && document === this.#marked?.document) this.#clear();
      }),
      window.onDidChangeTextEditorSelection(({ textEditor, kind }) => {
        const byPerson =
          kind === TextEditorSelectionChangeKind.Mouse || kind === TextEditorSelectionChangeKind.Keyboard;
        if (byPerson && textEditor === this.#marked) this.#clear();
      }),
    );
  }

  async open(uri: Uri, { startLine, endLine }: LineRange): Promise<void> {
    const document = await workspace.openTextDocument(uri);
    const editor = await window.showTextDocument(document, { viewColumn: columnFor(uri), preview: true });
    const last = document.lineAt(Math.min(Math.max(endLine, 1), document.lineCount) - 1);
    const first = document.lineAt(Math.min(Math.max(startLine, 1), document.lineCount) - 1);
    const range = new Range(first.range.start, last.range.end);
    editor.selection = new Selection(range.start, range.start);
    editor.revealRange(range, TextEditorRevealType.InCenterIfOutsideViewport);
    this.#clear();
    editor.setDecorations(this.#mark, [range]);
    this.#marked = editor;
  }

  #clear(): void {
    this.#marked?.setDecorations(this.#mark, []);
    this.#marked = undefined;
  }
}

/** Where the file is shown already, else beside other text: never over the panel of the run. */
function columnFor(uri: Uri): ViewColumn {
  const editors = window.visibleTextEditors.filter(({ viewColumn }) => viewColumn !== undefined);
  const same = editors.find(({ document }) => document.uri.toString() === uri.toString());
  const shown = (same ?? editors[0])?.viewColumn;
  if (shown !== undefined) return shown;
  const groups = window.tabGroups.all;
  const free = groups.find(({ activeTab }) => !isRunPanel(activeTab));
  return free?.viewColumn ?? (groups.length === 1 ? ViewColumn.Two : ViewColumn.One);
}

/** The editor puts something of its own before a panel's type. */
const isRunPanel = (tab: Tab | undefined): boolean =>
  tab?.input instanceof TabInputWebview && tab.input.viewType.endsWith(runPanelId);
