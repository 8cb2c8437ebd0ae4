import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { TestProject } from 'vitest/node';
import { findChromium } from '../support/browser.ts';
import { codeServer } from './code-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    readonly e2e: {
      /** code-server's entry file. */
      readonly entry: string;
      /** An extensions folder that holds the packaged extension; shared, nothing writes to it. */
      readonly extensions: string;
    };
  }
}

/** Finds or installs browser and VS Code, packages the extension, and installs the package as a person would. */
export default async function setUp(project: TestProject): Promise<() => void> {
  findChromium();
  const entry = await codeServer();
  const folder = mkdtempSync(join(tmpdir(), 'ask-codebase-e2e-extension-'));
  const extensions = join(folder, 'extensions');
  mkdirSync(extensions);
  const packages = [packageProduct(folder), packageProbe(folder)];
  const own = ['--user-data-dir', join(folder, 'user-data'), '--extensions-dir', extensions];
  const installed = packages.flatMap((vsix) => ['--install-extension', vsix]);
  run([entry, ...own, ...installed, '--force'], { CODE_SERVER_CONFIG: join(folder, 'config.yaml') });
  project.provide('e2e', { entry: resolve(entry), extensions });
  return () => rmSync(folder, { recursive: true, force: true });
}

function packageProduct(folder: string): string {
  const vsix = join(folder, 'ask-codebase.vsix');
  run(['tools/package.mjs', '--out', vsix]);
  return vsix;
}

function packageProbe(folder: string): string {
  const vsix = join(folder, 'probe.vsix');
  const bare = ['--no-dependencies', '--allow-missing-repository', '--skip-license'];
  const vsce = resolve('node_modules/@vscode/vsce/vsce');
  run([vsce, 'package', ...bare, '--out', vsix], {}, 'test/e2e/probe-extension');
  return vsix;
}

function run(args: readonly string[], env: Readonly<Record<string, string>> = {}, cwd = '.'): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  if (status !== 0) throw new Error(`\`node ${args.join(' ')}\` ended with ${status}:\n${stdout}${stderr}`);
}
