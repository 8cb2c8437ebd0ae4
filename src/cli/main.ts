import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CliHost } from './cli-host.ts';
import { runCli } from './run-cli.ts';

/** `dist`, where this file is bundled to. */
const bundleDir = dirname(fileURLToPath(import.meta.url));
const projectDir = dirname(bundleDir);

/** The engine's threads and the interpreter need what Node 20 has not. */
const oldestNode = 22;
if (Number.parseInt(process.versions.node, 10) < oldestNode) {
  process.stderr.write(
    `Ask Codebase needs Node ${oldestNode} or newer, and this is ${process.versions.node}. ` +
      'In its own folder, `npm start` brings the right one.\n',
  );
  process.exit(1);
}

/** A reader that went away (`ask-codebase … | head`) is no error of ours; there is nobody left to tell. */
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

function onInterrupt(listener: () => void): () => void {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, listener);
  return () => {
    for (const signal of signals) process.off(signal, listener);
  };
}

function listenToKeys(onInput: (input: string) => void): () => void {
  const { stdin } = process;
  stdin.setRawMode(true).setEncoding('utf8').on('data', onInput).resume();
  return () => void stdin.setRawMode(false).off('data', onInput).pause();
}

function readVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(projectDir, 'package.json'), 'utf8'));
  const named =
    typeof manifest === 'object' && manifest !== null && 'version' in manifest ? manifest.version : undefined;
  return String(named ?? 'unknown');
}

const host: CliHost = {
  serve: async (command) =>
    command.protocol === 'mcp'
      ? (await import('./mcp/serve-mcp.ts')).serveMcp(command, host)
      : (await import('./serve.ts')).serve(command, host),
  argv: process.argv.slice(2),
  env: process.env,
  cwd: process.cwd(),
  platform: process.platform,
  version: readVersion(),
  bundleDir,
  projectDir,
  stdout: process.stdout,
  stderr: process.stderr,
  ...(process.stdin.isTTY && { keyboard: { listen: listenToKeys } }),
  now: () => Date.now(),
  onInterrupt,
  exit: (code) => process.exit(code),
  // Imported when needed, so that help and usage errors do not wait for the engine's code.
  evaluate: async (command) => (await import('./eval.ts')).evaluate(command, host),
  compose: async (options) => (await import('./compose.ts')).compose(options),
  listModels: async () => {
    const { findModels, modelsText } = await import('./models-text.ts');
    const groups = await findModels(process.env);
    return { groups, text: modelsText(groups) };
  },
};

// Workers and sockets that are slow to close must not keep the process: everything is printed by now.
process.exit(await runCli(host));
