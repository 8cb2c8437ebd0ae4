import { afterAll, beforeAll } from 'vitest';
import { type ScriptedServer, type ScriptedServerOptions, startScriptedServer } from '../../support/scripted-server.ts';

/** A model's server for all tests of a file. It has an address while they run. */
export function useScriptedServer(options: ScriptedServerOptions): Omit<ScriptedServer, 'close'> {
  let server: ScriptedServer | undefined;
  const running = (): ScriptedServer => {
    if (server === undefined) throw new Error('The server runs only while tests do.');
    return server;
  };
  beforeAll(async () => {
    server = await startScriptedServer(options);
  });
  afterAll(() => server?.close());
  return {
    get url() {
      return running().url;
    },
    get requests() {
      return running().requests;
    },
    get stats() {
      return running().stats;
    },
  };
}
