import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { expect, inject } from 'vitest';
import { newContext } from './browser-process.ts';
import { keepEvidence } from './evidence.ts';
import { HostLogs } from './host-logs.ts';
import { type ActiveEditor, HostProbe } from './host-probe.ts';
import { consoleErrors } from './noise.ts';
import { Panel } from './panel.ts';
import { type Server, startServer, userDataOf } from './server.ts';
import { type Settings, writeSettings } from './settings.ts';
import { Sidebar } from './sidebar.ts';
import { TextEditor } from './text-editor.ts';
import { until } from './until.ts';
import { Workbench } from './workbench.ts';
import { makeWorkspace, type Opened, type Workspace } from './workspace.ts';

export interface VsCodeOptions {
  readonly open: Opened;
  readonly settings?: Settings;
  readonly trusted?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  /** Called with the server's own folder before the server starts. */
  readonly home?: (home: string) => void;
  readonly viewport?: { readonly width: number; readonly height: number };
}

/** One VS Code of its own: server, folders, browser profile, window, and the extension in it. */
export class VsCode {
  readonly folder: string;
  readonly home: string;
  readonly server: Server;
  readonly context: BrowserContext;
  readonly page: Page;
  readonly workbench: Workbench;
  readonly editor: TextEditor;
  readonly sidebar: Sidebar;
  readonly panel: Panel;
  readonly host: HostProbe;
  readonly logs: HostLogs;
  readonly errors: readonly string[];
  readonly #base: string;

  private constructor(base: string, { folder }: Workspace, server: Server, page: Page, host: HostProbe) {
    this.#base = base;
    this.folder = folder;
    this.home = join(base, 'home');
    this.server = server;
    this.context = page.context();
    this.page = page;
    this.workbench = new Workbench(page);
    this.editor = new TextEditor(page);
    this.sidebar = new Sidebar(this.workbench);
    this.panel = new Panel(this.workbench);
    this.host = host;
    this.logs = new HostLogs(userDataOf(this.home));
    this.errors = consoleErrors(page);
  }

  static async start(options: VsCodeOptions): Promise<VsCode> {
    const base = mkdtempSync(join(tmpdir(), 'ask-codebase-e2e-'));
    const home = join(base, 'home');
    const workspace = makeWorkspace(base, options.open);
    const probeFolder = join(base, 'probe');
    mkdirSync(probeFolder);
    const host = new HostProbe(probeFolder);
    writeSettings(home, options.trusted ?? true, options.settings ?? {});
    options.home?.(home);
    const env = { ...host.environment(workspace.folder), ...options.env };
    const server = await startServer({ ...inject('e2e'), home, env });
    const context = await newContext(options.viewport ?? { width: 1280, height: 900 });
    const vscode = new VsCode(base, workspace, server, await context.newPage(), host);
    try {
      await vscode.page.goto(`${server.url}/?${workspace.query}`, { waitUntil: 'domcontentloaded' });
      await vscode.ready();
    } catch (error) {
      await vscode.stop();
      throw error;
    }
    return vscode;
  }

  /** The window is drawn and its extension host runs. */
  async ready(): Promise<void> {
    await this.workbench.ready();
    await until('an extension host', () => this.host.pids().length === 1);
  }

  /** Opens a file of the workspace's folder in an editor. */
  async open(path: string): Promise<void> {
    await this.workbench.open(join(this.folder, path));
    await this.activeEditor(`${path} in an editor`, (active) => active.path.endsWith(path));
  }

  /** The active text editor; waits for it to be as `wanted`. */
  activeEditor(what: string, wanted: (active: ActiveEditor) => boolean): Promise<ActiveEditor> {
    return until(what, async () => {
      const active = this.host.read().active;
      return active !== null && wanted(active) ? active : undefined;
    });
  }

  async stop(): Promise<void> {
    await this.context.close();
    await this.server.stop();
    // Hosts write until they have gone.
    rmSync(this.#base, { recursive: true, force: true, maxRetries: 20, retryDelay: 300 });
  }
}

/** Runs a test in a VS Code of its own. When it fails, what was to be seen is kept in .cache/e2e. */
export async function inVsCode(options: VsCodeOptions, test: (vscode: VsCode) => Promise<void>): Promise<void> {
  const vscode = await VsCode.start(options);
  try {
    await test(vscode);
    expect(vscode.errors, 'errors on the console').toEqual([]);
  } catch (error) {
    await keepEvidence(vscode, expect.getState().currentTestName ?? 'unnamed');
    throw error;
  } finally {
    await vscode.stop();
  }
}
