import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { VsCode } from './vscode.ts';
import { openView } from './webview.ts';

/** Screenshot, the pages of the views, console errors and the extension host's logs of a failed test. */
export async function keepEvidence(vscode: VsCode, test: string): Promise<void> {
  const folder = join('.cache/e2e', test.replace(/[^\w]+/g, '-').slice(0, 100));
  mkdirSync(folder, { recursive: true });
  const logs = vscode.logs.all().map(({ name, text }) => `=== ${name}\n${text.slice(-20_000)}`);
  writeFileSync(join(folder, 'logs.txt'), [...vscode.errors, ...logs].join('\n\n'));
  await vscode.page.screenshot({ path: join(folder, 'window.png') }).catch(() => undefined);
  for (const kind of ['sidebar', 'panel'] as const) {
    const page = await (await openView(vscode.page, kind))?.content().catch(() => undefined);
    if (page !== undefined) writeFileSync(join(folder, `${kind}.html`), page);
  }
  console.error(`What was to be seen is in ${folder}.`);
}
