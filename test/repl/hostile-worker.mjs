// What a worker could do whose interpreter had broken out of its realm: all that Node can. Says what it got as its end's reason.
import { execSync } from 'node:child_process';
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parentPort, Worker } from 'node:worker_threads';

const gotten = [];
const attempt = (what, act) => {
  try {
    gotten.push(`${what}: ${String(act()).slice(0, 40)}`);
  } catch {
    // Refused.
  }
};
const [, , target] = process.argv;
attempt('read', () => readFileSync(target ?? '/etc/hostname'));
attempt('read by a module', () => createRequire(import.meta.url)('/etc/hostname.json'));
attempt('write', () => writeFileSync(new URL('./written', import.meta.url), ''));
attempt('link', () => symlinkSync('/etc', new URL('./linked', import.meta.url)));
attempt('program', () => execSync('id'));
attempt('addon', () => process.dlopen({ exports: {} }, '/usr/lib/none.node'));
attempt('bindings', () => process.binding('fs'));
attempt('environment', () => Object.entries(process.env).join() || undefined.nothing);
attempt('worker without the wall', () => new Worker('', { eval: true, execArgv: ['--no-permission'] }));
parentPort.on('message', ({ kind }) => {
  if (kind === 'boot') parentPort.postMessage({ kind: 'broken', reason: `got: ${gotten.join('; ') || 'nothing'}` });
});
