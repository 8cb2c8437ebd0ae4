'use strict';
const fs = require('node:fs');
const { monitorEventLoopDelay } = require('node:perf_hooks');
const { isMainThread } = require('node:worker_threads');
const vscode = require('vscode');

const sampleMs = 250;

/**
 * Measures what the extension costs in its host, and says where the editor is. Writes a reading to the folder that the
 * environment names; SIGUSR2 starts it anew, so that what the host did before a measurement does not count.
 */
exports.activate = () => {
  const folder = process.env.ASK_CODEBASE_E2E_PROBE;
  if (!folder || !isMainThread) return;
  const seen = { workers: [], opened: [], blocks: [], maxBlockMs: 0 };
  const delay = monitorEventLoopDelay({ resolution: 5 });
  process.on('worker', (worker) => seen.workers.push(worker.threadId));
  watchOpens(process.env.ASK_CODEBASE_E2E_FOLDER, seen.opened);
  process.on('SIGUSR2', () => {
    for (const list of [seen.workers, seen.opened, seen.blocks]) list.length = 0;
    seen.maxBlockMs = 0;
    delay.reset();
  });
  delay.enable();
  setInterval(() => {
    const block = Math.round(delay.max / 1e5) / 10;
    delay.reset();
    if (block > 20) seen.blocks.push(block);
    seen.maxBlockMs = Math.max(seen.maxBlockMs, block);
    write(`${folder}/host-${process.pid}.json`, { ...seen, active: active() });
  }, sampleMs);
};

/** Never half a reading. */
function write(file, reading) {
  fs.writeFileSync(`${file}.partial`, JSON.stringify(reading));
  fs.renameSync(`${file}.partial`, file);
}

/** Lines from 1, columns too. */
function active() {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return null;
  const { start, end } = editor.selection;
  const [shown] = editor.visibleRanges;
  return {
    path: editor.document.uri.fsPath,
    dirty: editor.document.isDirty,
    selection: {
      startLine: start.line + 1,
      startColumn: start.character + 1,
      endLine: end.line + 1,
      endColumn: end.character + 1,
    },
    visible: shown ? { startLine: shown.start.line + 1, endLine: shown.end.line + 1 } : null,
  };
}

function watchOpens(root, opened) {
  const note = (path) => {
    if (root && String(path).startsWith(root)) opened.push(String(path).slice(root.length));
  };
  for (const object of [fs, fs.promises]) {
    for (const name of ['open', 'openSync', 'readFile', 'readFileSync', 'readdir', 'readdirSync', 'opendir']) {
      const real = object[name];
      if (!real) continue;
      object[name] = (path, ...rest) => {
        note(path);
        return real.call(object, path, ...rest);
      };
    }
  }
}
