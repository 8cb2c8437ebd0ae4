import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Asked } from '../server.ts';
import { binDir } from './places.ts';

export interface Server {
  readonly url: string;
  /** The requests since the last time. */
  asked(): Promise<readonly Asked[]>;
  close(): void;
}

/** Milliseconds the scripted model takes for every answer. */
export const latencyMs = 100;

/** @throws when the server does not come up. */
async function startServer(): Promise<Server> {
  const child = fork(join(binDir, 'server.mjs'), { execArgv: [] });
  const [url] = (await once(child, 'message')) as [string];
  return {
    url,
    async asked() {
      const answer = once(child, 'message');
      child.send('asked');
      return ((await answer) as [readonly Asked[]])[0];
    },
    close: () => child.disconnect(),
  };
}

export async function withServer<T>(work: (server: Server) => Promise<T>): Promise<T> {
  const server = await startServer();
  try {
    return await work(server);
  } finally {
    server.close();
  }
}
