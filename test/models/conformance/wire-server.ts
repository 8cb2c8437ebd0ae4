import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** One answer as it goes over the wire. */
export interface WireAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly html?: string;
  /** Events of a stream: objects as JSON data, `[DONE]` as it is, and what begins with a colon as a comment. */
  readonly sse?: readonly unknown[];
  /** Break the connection after the last event. */
  readonly cut?: boolean;
}

interface WireRequest {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A server that answers as told and remembers what it was asked. */
export async function startWireServer(
  answers: WireAnswer | ((request: WireRequest) => WireAnswer | Promise<WireAnswer>),
) {
  const requests: WireRequest[] = [];
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = JSON.parse(Buffer.concat(parts).toString('utf8') || '{}') as WireRequest['body'];
    const asked = { path: request.url ?? '', headers: request.headers, body };
    requests.push(asked);
    const answer = typeof answers === 'function' ? await answers(asked) : answers;
    const { status = 200, headers = {}, sse, html } = answer;
    if (sse === undefined) {
      response.writeHead(status, { 'content-type': html === undefined ? 'application/json' : 'text/html', ...headers });
      response.end(html ?? JSON.stringify(answer.body));
      return;
    }
    response.writeHead(status, { 'content-type': 'text/event-stream', ...headers });
    for (const event of sse) response.write(asEvent(event));
    if (!answer.cut) return void response.end();
    await sleep(20);
    response.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = () => {
    server.closeAllConnections();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return { origin: `http://127.0.0.1:${port}`, requests, close };
}

function asEvent(event: unknown): string {
  if (typeof event === 'string') return event.startsWith(':') ? `${event}\n\n` : `data: ${event}\n\n`;
  return `data: ${JSON.stringify(event)}\n\n`;
}
