import { startScriptedServer } from '../support/scripted-server.ts';
import { scripts } from './support/scripts.ts';

// The scripted model server in a process of its own, for the measured ones to have theirs. Speaks with its parent by messages.

/** What was asked since the last time. */
export interface Asked {
  readonly key: string;
  readonly promptBytes: number;
}

const server = await startScriptedServer({ script: scripts, latencyMs: 100 });
let told = 0;
process.on('message', () => {
  const asked: readonly Asked[] = server.requests.slice(told).map(({ key, body }) => {
    return { key, promptBytes: Buffer.byteLength(JSON.stringify(body)) };
  });
  told = server.requests.length;
  process.send?.(asked);
});
process.on('disconnect', () => process.exit(0));
process.send?.(server.url);
