'use strict';
const fs = require('node:fs');
const vscode = require('vscode');

/**
 * Does what a test orders by file, as another extension would: `{ "tool": NAME, "input": … }` calls a language-model tool,
 * `{ "command": NAME, "args": [ … ] }` a command, `{ "cancel": ID }` cancels an earlier order,
 * `{ "list": true }` names the language-model tools there are. What came of it is written beside it.
 */
exports.takeOrders = (folder) => {
  const running = new Map();
  setInterval(() => {
    for (const name of fs.readdirSync(folder)) {
      const id = /^order-(\d+)\.json$/.exec(name)?.[1];
      if (id === undefined) continue;
      const order = JSON.parse(fs.readFileSync(`${folder}/${name}`, 'utf8'));
      fs.unlinkSync(`${folder}/${name}`);
      void carryOut(order, id, running).then((done) => {
        fs.writeFileSync(`${folder}/partial-${id}`, JSON.stringify(done));
        fs.renameSync(`${folder}/partial-${id}`, `${folder}/done-${id}.json`);
      });
    }
  }, 100);
};

async function carryOut(order, id, running) {
  try {
    if (order.list) return { value: vscode.lm.tools.map(({ name }) => name) };
    if (order.cancel !== undefined) return { value: running.get(String(order.cancel))?.cancel() ?? null };
    if (order.command !== undefined) {
      const value = await vscode.commands.executeCommand(order.command, ...(order.args ?? []));
      return { value: order.silent ? null : (value ?? null) };
    }
    const source = new vscode.CancellationTokenSource();
    running.set(id, source);
    const options = { input: order.input, toolInvocationToken: undefined };
    const { content } = await vscode.lm.invokeTool(order.tool, options, source.token);
    return { value: content.map((part) => part.value) };
  } catch (error) {
    return { error: String(error?.message ?? error) };
  }
}
