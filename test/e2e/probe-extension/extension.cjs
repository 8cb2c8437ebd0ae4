'use strict';
const fs = require('node:fs');
const { isMainThread } = require('node:worker_threads');
const vscode = require('vscode');
const { offerModels } = require('./models.cjs');
const { takeOrders } = require('./orders.cjs');

const sampleMs = 250;
const tickMs = 5;

/**
 * Measures what the extension costs in its host, and says where the editor is. Writes a reading to the folder that the
 * environment names; SIGUSR2 starts it anew, so that what the host did before a measurement does not count.
 */
exports.activate = () => {
  const folder = process.env.ASK_CODEBASE_E2E_PROBE;
  if (!folder || !isMainThread) return;
  const seen = { models: [], workers: [], opened: [], blocks: [], maxBlockMs: 0, maxBusyMs: 0 };
  const url = process.env.ASK_CODEBASE_E2E_MODELS;
  if (url) offerModels(url, (what) => seen.models.push(what));
  takeOrders(folder);
  process.on('worker', (worker) => seen.workers.push(worker.threadId));
  watchOpens(process.env.ASK_CODEBASE_E2E_FOLDER, seen.opened);
  process.on('SIGUSR2', () => {
    for (const list of [seen.workers, seen.opened, seen.blocks]) list.length = 0;
    seen.maxBlockMs = 0;
    seen.maxBusyMs = 0;
  });
  watchLoop(seen);
  setInterval(() => write(`${folder}/host-${process.pid}.json`, { ...seen, active: active() }), sampleMs);
};

/**
 * How late a timer comes, and how much processor time this thread took meanwhile: on a busy machine a timer is late because
 * others run, which is no block.
 */
function watchLoop(seen) {
  const round = (ms) => Math.round(ms * 10) / 10;
  const cpuMs = () => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1000;
  };
  let [at, cpu] = [performance.now(), cpuMs()];
  setInterval(() => {
    const [nowAt, nowCpu] = [performance.now(), cpuMs()];
    const late = round(nowAt - at);
    const busy = round(Math.min(late, nowCpu - cpu));
    [at, cpu] = [nowAt, nowCpu];
    if (busy > 20) seen.blocks.push(busy);
    seen.maxBlockMs = Math.max(seen.maxBlockMs, late);
    seen.maxBusyMs = Math.max(seen.maxBusyMs, busy);
  }, tickMs);
}

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
