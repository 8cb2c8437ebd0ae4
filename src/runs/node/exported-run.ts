import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunEvent } from '../events.ts';
import type { ExportFormat } from '../export/formats.ts';
import { portableRun } from '../export/portable.ts';
import { runJson } from '../export/run-json.ts';
import { runMarkdown } from '../export/run-markdown.ts';
import { type PageAssets, runPage } from '../export/run-page.ts';
import { emptyRun, reduceRun } from '../run-tree.ts';
import { shownEvent } from '../shown-event.ts';
import { trainingRows } from '../training/training-rows.ts';
import { endUnfinished } from '../unfinished.ts';
import { sha256 } from './run-log.ts';

export interface ExportOptions {
  /** Values that must not leave, such as keys. */
  readonly secrets: readonly string[];
  /** Absolute paths of the folders that the run was about. */
  readonly workspaces: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `dist`, with the bundle of the page. */
  readonly bundleDir: string;
}

/** A run in another form, without secrets and absolute paths. One that has not ended is shown as cancelled at its newest event. */
export async function exportedRun(
  run: Iterable<RunEvent>,
  format: ExportFormat,
  { secrets, workspaces, env, bundleDir }: ExportOptions,
): Promise<string> {
  const homes = [env.HOME, env.USERPROFILE, homeFolder()];
  const temporary = [env.TMPDIR, env.TEMP, env.TMP, tmpdir()];
  const places = { workspaces, homes: homes.filter(isNamed), temporary: temporary.filter(isNamed) };
  const events = ended(portableRun(run, { secrets, places }));
  if (format === 'sft' || format === 'verifiers')
    return trainingRows(events, format)
      .map((row) => `${row}\n`)
      .join('');
  const state = events.reduce(reduceRun, emptyRun);
  if (format === 'md') return runMarkdown(state, sha256);
  return format === 'json'
    ? runJson(events, state)
    : runPage(events.map(shownEvent), state, await pageAssets(bundleDir));
}

const isNamed = (folder: string | undefined): folder is string => folder !== undefined && folder !== '';

/** `homedir` throws for a user that has none. */
function homeFolder(): string {
  try {
    return homedir();
  } catch {
    return '';
  }
}

function ended(events: readonly RunEvent[]): readonly RunEvent[] {
  const state = events.reduce(reduceRun, emptyRun);
  if (state.end !== undefined) return events;
  return [...events, endUnfinished(state, 'The log ends before the run did.', state.at)];
}

async function pageAssets(bundleDir: string): Promise<PageAssets> {
  const read = (name: string) => readFile(join(bundleDir, 'webview', name), 'utf8');
  const [script, style] = await Promise.all([read('page.js'), read('page.css')]);
  // A style sheet of UTF-8 may begin with a mark, which an HTML parser would not count.
  const plain = style.replace(/^\ufeff/, '').replace(/^@charset "[^"]*";/, '');
  return { script, style: plain, digest: (text) => createHash('sha256').update(text).digest('base64') };
}
