// What an interpreter could do that had broken out of its realm: all that Node can in its process. Says what it got.
import { execSync } from 'node:child_process';
import { readFileSync, symlinkSync, writeFileSync, writeSync } from 'node:fs';
import { createRequire as requireFrom } from 'node:module';
import { Worker } from 'node:worker_threads';
import { closeDoors, openDoors } from '../../src/repl/node/wall/doors.ts';
import { encodeFrame } from '../../src/repl/node/wall/frames.ts';
import { descriptor } from '../../src/repl/node/wall/wall-wire.ts';

closeDoors();
const gotten: string[] = [];
const attempt = (what: string, act: () => unknown) => {
  try {
    const got = act();
    if (got !== undefined || what.startsWith('write')) gotten.push(`${what}: ${String(got).slice(0, 40)}`);
  } catch {
    // Refused.
  }
};
const here = (name: string) => new URL(name, import.meta.url);

attempt('its own folder (the control)', () => readFileSync(here('./repl-realm.js')).length > 0);
attempt('read', () => readFileSync('/etc/hostname'));
attempt('read above', () => readFileSync(here('../')));
attempt('read a module', () => requireFrom(import.meta.url)('/etc/hostname.json'));
attempt('write', () => writeFileSync(here('./written'), ''));
attempt('link', () => symlinkSync('/etc', here('./linked')));
attempt('program', () => execSync('id'));
attempt('addon', () => process.dlopen({ exports: {} }, '/usr/lib/none.node'));
const old = process as unknown as Readonly<Record<string, (of: unknown) => unknown>>;
attempt('bindings', () => old.binding?.('fs'));
attempt('environment', () =>
  Object.values(process.env)
    .find((value) => value?.includes('secret'))
    ?.length.toFixed(),
);
attempt('thread without the wall', () => new Worker('', { eval: true, execArgv: [] }));
attempt('debugger of the host', () => old._debugProcess?.(process.ppid) ?? process.kill(process.ppid, 'SIGUSR1'));

const say = (head: object) => writeSync(descriptor.out, Buffer.concat(encodeFrame(head)));
say({ kind: 'up', problem: openDoors() });
say({ kind: 'broken', reason: `got: ${gotten.join('; ')}` });
