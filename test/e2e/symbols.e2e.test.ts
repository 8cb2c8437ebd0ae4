import { it } from 'vitest';
import type { ScriptData } from '../support/script.ts';
import { scripted } from './driver/settings.ts';
import { useScriptedServer } from './driver/use-scripted-server.ts';
import { inVsCode } from './driver/vscode.ts';
import { asks } from './fixtures.ts';

const files = {
  'src/store.ts': 'export class Store {\n  save(): void {}\n}\n',
  'src/use.ts': "import { Store as Shop } from './store.ts';\n\nnew Shop().save();\n",
  'src/other.ts': 'export class Other {\n  save(): void {}\n}\n\nnew Other().save();\n',
  'tsconfig.json': '{ "compilerOptions": { "allowImportingTsExtensions": true, "noEmit": true } }\n',
};

const cell = (...lines: readonly string[]): string => `\`\`\`repl\n${lines.join('\n')}\n\`\`\``;
const script: ScriptData = {
  servers: [
    cell(
      'import time',
      '# The server starts with the first question, and reads the project meanwhile: on a busy machine that takes a while.',
      'for _ in range(20):',
      '    found = references("Store")',
      '    if all(r.by == "server" for r in found): break',
      '    time.sleep(1)',
      'rows = sorted(f"{r.path} {r.line} {r.by}" for r in found)',
      'o = outline("src/store.ts")',
      'answer["content"] = " | ".join(rows) + f" | outline by {o[0].by} [src/store.ts:1]"',
      'answer["ready"] = True',
    ),
  ],
};

const server = useScriptedServer({ script });

it('asks the TypeScript server that VS Code has built in, and gets what another name hides', () =>
  inVsCode({ open: { kind: 'folder', files }, settings: scripted(server.url) }, async (vscode) => {
    await vscode.sidebar.show();
    await vscode.sidebar.ask(asks('servers', 'Where is Store used?'));
    await vscode.sidebar.answered(
      /src\/store\.ts 1 server \| src\/use\.ts 1 server( \| src\/use\.ts 1 server)? \| src\/use\.ts 3 server \| outline by server/,
    );
  }));
