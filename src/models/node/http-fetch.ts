import type { ClientRequest, IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { ReadableStream as NodeStream } from 'node:stream/web';
import { limitConnecting, limitTunnel } from './connect-limit.ts';
import { ProxiedError } from './connection-error.ts';
import { createRoutes, type RouteOptions } from './routes.ts';

export interface HttpFetchOptions extends RouteOptions {
  /** Until a new connection stands, its encryption included. */
  readonly connectMs: number;
}

export type HttpFetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/** Statuses whose responses must not carry a body: https://fetch.spec.whatwg.org/#null-body-status */
const withoutBody = new Set([101, 204, 205, 304]);

/** The SDKs read the whole body of an error. */
const maxErrorBytes = 1_000_000;

/**
 * `fetch` for what the SDKs send (a text body, plain headers), over Node's http and https: less work for each request than
 * the built-in one, and in VS Code's extension host the one that knows the user's proxy and certificates. Redirects are
 * answers like any other: a key does not follow them to another server.
 */
export function createHttpFetch({ connectMs, ...reach }: HttpFetchOptions): HttpFetch {
  const routeTo = createRoutes(reach);
  return (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const { request, agent, proxy } = routeTo(url);
    const options = { ...addressOf(url), method: init.method ?? 'GET', agent, headers: plain(init.headers) };
    const signal = init.signal ?? undefined;
    return new Promise((resolve, reject) => {
      const outgoing = request(options);
      outgoing.setNoDelay(true);
      if (signal) stopWith(outgoing, signal);
      const fail = (error: Error): void => reject(proxy === undefined ? error : new ProxiedError(proxy, error));
      outgoing.on('error', fail);
      outgoing.on('socket', (socket) => limitConnecting(socket, url.protocol, connectMs));
      if (proxy !== undefined) limitTunnel(outgoing, connectMs, fail);
      outgoing.on('response', (incoming) => {
        try {
          resolve(asResponse(incoming));
        } catch (error) {
          // A status or a header that there cannot be.
          incoming.destroy();
          reject(error);
        }
      });
      outgoing.end(typeof init.body === 'string' ? init.body : undefined);
    });
  };
}

/** As the `signal` of `request`, which costs several times as much for each of many short calls. */
function stopWith(outgoing: ClientRequest, signal: AbortSignal): void {
  const stop = (): void => void outgoing.destroy(new DOMException('The request was stopped.', 'AbortError'));
  if (signal.aborted) stop();
  else signal.addEventListener('abort', stop, { once: true });
  outgoing.once('close', () => signal.removeEventListener('abort', stop));
}

/** What `request` would take from the URL, which it reads piece by piece at a multiple of the cost. */
function addressOf({ hostname, port, pathname, search }: URL) {
  // An IPv6 address stands in brackets in a URL only.
  const host = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
  return { hostname: host, path: `${pathname}${search}`, ...(port !== '' && { port }) };
}

/** Our own requests have theirs in a plain object, which needs no `Headers` made of it. */
const plain = (given: RequestInit['headers'] = {}): OutgoingHttpHeaders =>
  given instanceof Headers || Array.isArray(given) ? Object.fromEntries(new Headers(given)) : { ...given };

function asResponse(incoming: IncomingMessage): Response {
  const status = incoming.statusCode ?? 0;
  const headers: [string, string][] = [];
  for (let at = 0; at < incoming.rawHeaders.length; at += 2)
    headers.push([incoming.rawHeaders[at] ?? '', incoming.rawHeaders[at + 1] ?? '']);
  if (withoutBody.has(status)) incoming.resume();
  const isError = status >= 300;
  const body = withoutBody.has(status) ? null : streamOf(incoming, isError ? maxErrorBytes : Number.POSITIVE_INFINITY);
  return new Response(body as ReadableStream<Uint8Array> | null, {
    status,
    statusText: incoming.statusMessage ?? '',
    headers,
  });
}

/** As `Readable.toWeb`, which costs several times as much for each of many short bodies. Ends before what goes beyond `maxBytes`. */
function streamOf(incoming: IncomingMessage, maxBytes: number): NodeStream<Uint8Array> {
  let total = 0;
  return new NodeStream<Uint8Array>({
    start(controller) {
      incoming.pause();
      incoming.on('data', (chunk: Uint8Array) => {
        total += chunk.length;
        if (total > maxBytes) {
          incoming.removeAllListeners('data').destroy();
          return controller.close();
        }
        controller.enqueue(chunk);
        if ((controller.desiredSize ?? 0) <= 0) incoming.pause();
      });
      incoming.on('end', () => controller.close());
      incoming.on('error', (error) => controller.error(error));
    },
    pull: () => void incoming.resume(),
    cancel: () => void incoming.destroy(),
  });
}
