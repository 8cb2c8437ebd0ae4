import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerOrFail } from './wire-faults.ts';
import type { World } from './world.ts';

/** A server for many worlds at once: the first part of a request's path says which. */
export interface FaultyServer {
  /** A base URL for the models of this world; until `leave`, its requests are answered as its chances have it. */
  join(world: World, trouble: number): { readonly baseUrl: string; readonly leave: () => void };
  close(): Promise<void>;
}

export async function startFaultyServer(): Promise<FaultyServer> {
  const worlds = new Map<string, { readonly world: World; readonly trouble: number }>();
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const here = worlds.get(/^\/(\d+)\//.exec(request.url ?? '')?.[1] ?? '');
    if (here === undefined) return void request.socket.destroy();
    const { world, trouble } = here;
    world.openStreams++;
    response.once('close', () => world.openStreams--);
    const body = await bodyOf(request);
    await answerOrFail(world, trouble, body, response).catch(() => response.destroy());
  };
  const server = createServer((request, response) => void serve(request, response).catch(() => response.destroy()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  let joined = 0;
  return {
    join(world, trouble) {
      const id = String(++joined);
      worlds.set(id, { world, trouble });
      return { baseUrl: `http://127.0.0.1:${port}/${id}/v1`, leave: () => worlds.delete(id) };
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function bodyOf(request: IncomingMessage): Promise<{ readonly chars: number; readonly maxTokens: number }> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  const { max_tokens, max_completion_tokens } = JSON.parse(text) as Readonly<Record<string, unknown>>;
  const most = [max_completion_tokens, max_tokens].find((limit) => typeof limit === 'number');
  return { chars: text.length, maxTokens: typeof most === 'number' ? most : 1000 };
}
