import { expect, it } from 'vitest';
import { activationMs } from './driver/running-extensions.ts';
import { scripted } from './driver/settings.ts';
import { until } from './driver/until.ts';
import { useScriptedServer } from './driver/use-scripted-server.ts';
import { inVsCode } from './driver/vscode.ts';
import { asks, manyFiles, project, scripts } from './fixtures.ts';

const server = useScriptedServer({ script: scripts });

/** How long the machine takes to parse these rows on which a block of at most 50 ms was asked for. */
const parsedThereMs = 10;
const rows = JSON.stringify(
  Array.from({ length: 50_000 }, (_, id) => ({ id, path: `src/f${id}.ts`, lines: [id, id + 1] })),
);

/** Processor time, so that others on the machine do not count. */
function timesSlower(): number {
  const times = Array.from({ length: 9 }, () => {
    const before = process.cpuUsage();
    JSON.parse(rows);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  return (times.toSorted((a, b) => a - b)[4] ?? 0) / parsedThereMs;
}

it('costs nothing until it is used, and then activates within 50 ms without a worker or a read', () =>
  inVsCode({ open: { kind: 'folder', files: project }, settings: scripted(server.url) }, async (vscode) => {
    // VS Code activates what starts with it within these seconds.
    await vscode.page.waitForTimeout(5000);
    expect(vscode.logs.activated()).toBe(false);
    await vscode.host.reset();
    await vscode.sidebar.show();
    expect(vscode.logs.activated()).toBe(true);
    const { workers, opened } = await vscode.host.settled();
    expect(workers).toEqual([]);
    expect(opened.filter((path) => path !== '')).toEqual([]);
    const ms = await activationMs(vscode, 'Ask Codebase');
    console.log(`Activation: ${ms} ms.`);
    expect(ms).toBeLessThanOrEqual(50);
  }));

it('never blocks the extension host for more than 50 ms during a question on 10,000 files', () =>
  inVsCode({ open: { kind: 'folder', files: manyFiles(10_000) }, settings: scripted(server.url) }, async (vscode) => {
    await vscode.sidebar.show();
    await vscode.page.waitForTimeout(5000);
    await vscode.host.reset();
    const idle = await vscode.host.settled();
    await vscode.host.reset();
    await vscode.sidebar.ask(asks('scan', 'How many files mention a retry?'));
    await vscode.sidebar.answered('src/f0.ts:1', 120_000);
    const { maxBlockMs, maxBusyMs, blocks, workers } = await vscode.host.settled();
    console.log(`Longest block: ${maxBusyMs} ms of work (all: ${blocks.join(', ')}), ${maxBlockMs} ms by the clock`);
    console.log(`Before the question: ${idle.maxBusyMs} ms of work, ${idle.maxBlockMs} ms by the clock`);
    const slowness = timesSlower();
    console.log(`This machine takes ${slowness.toFixed(2)} times as long as the one the limit was set on.`);
    expect(workers.length).toBeGreaterThan(0);
    expect(maxBusyMs).toBeLessThanOrEqual(50 * Math.max(1, slowness));
  }));

it('does not read the disk again for a second question', () =>
  inVsCode({ open: { kind: 'folder', files: project }, settings: scripted(server.url) }, async (vscode) => {
    await vscode.sidebar.show();
    await vscode.sidebar.ask(asks('short', 'First?'));
    await vscode.sidebar.answered('Short');
    const first = await vscode.host.settled();
    expect(first.opened.some((path) => path.endsWith('src/bucket.ts'))).toBe(true);
    await vscode.host.reset();
    const before = server.requests.length;
    await vscode.sidebar.ask(asks('short', 'Second?'));
    await until('the second question', () => server.requests.length > before);
    await vscode.sidebar.answered('Short');
    const { opened } = await vscode.host.settled();
    expect(opened.filter((path) => /\.(ts|md)$/.test(path))).toEqual([]);
  }));
