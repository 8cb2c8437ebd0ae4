import { workerFile } from '../assets.ts';
import { loadParts } from '../load-parts.ts';
import { threadLink } from '../thread-link.ts';
import type { SessionMessage } from '../wire.ts';
import type { WorkerLink } from '../worker-link.ts';
import type { FromWall, ToWall, WalledMessage } from './wall-wire.ts';

// Entry of the walled process: runs workers in its threads for the process that started it, and ends with it.
// Arguments: the folder of our assets, the cache folder.

const [assetsDir = '', cacheDir = ''] = process.argv.slice(2);
const parts = loadParts(assetsDir, cacheDir);
const corpora = new Map<number, SharedArrayBuffer>();
const links = new Map<number, WorkerLink>();

const say = (message: FromWall) => {
  if (process.connected) process.send?.(message);
};

process.on('disconnect', () => process.exit());
process.on('message', (message: ToWall) => {
  switch (message.kind) {
    case 'bytes':
      corpora.set(message.corpus, new SharedArrayBuffer(message.total));
      return;
    case 'part':
      new Uint8Array(corpora.get(message.corpus) ?? new SharedArrayBuffer(0)).set(message.bytes, message.at);
      return;
    case 'drop':
      corpora.delete(message.corpus);
      return;
    case 'start':
      start(message.worker, message.memoryBytes);
      return;
    case 'post':
      links.get(message.worker)?.post(withBytes(message.message));
      return;
    case 'reply':
      // What arrived lies in a larger buffer, which cannot be handed on.
      links.get(message.worker)?.reply({ id: message.reply.id, bytes: message.reply.bytes.slice() });
      return;
    case 'interrupt':
      links.get(message.worker)?.interrupt();
      return;
    case 'terminate':
      void links.get(message.worker)?.terminate();
      links.delete(message.worker);
      return;
  }
});

function start(worker: number, memoryBytes: number): void {
  const link = threadLink(
    workerFile(assetsDir),
    parts,
    memoryBytes,
  )({
    onMessage: (message) => say({ kind: 'said', worker, message }),
    onEnd: (reason) => {
      links.delete(worker);
      say({ kind: 'ended', worker, reason });
    },
  });
  link.keepAlive();
  links.set(worker, link);
}

function withBytes(message: WalledMessage): SessionMessage {
  if (message.kind === 'run') return message;
  const bytes = corpora.get(message.corpus.bytes) ?? new SharedArrayBuffer(0);
  return { ...message, corpus: { ...message.corpus, bytes } };
}

/** What the wall lets through that it must not; empty when it stands. */
function problem(): string {
  const { permission } = process;
  if (permission === undefined) return 'it runs without a permission model';
  const open = ['fs.read', 'fs.write', 'child', 'addon'].filter((what) => permission.has(what));
  return open.length === 0 ? '' : `it is allowed ${open.join(', ')}`;
}

say({ kind: 'up', problem: problem() });
