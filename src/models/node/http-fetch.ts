import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import { ReadableStream as NodeStream } from 'node:stream/web';
import { rootCertificates } from 'node:tls';

export interface HttpFetchOptions {
  /** Until a new connection stands, its encryption included. */
  readonly connectMs: number;
  /** Certificate authorities to trust beside the usual ones, in PEM. */
  readonly ca?: string | undefined;
}

export type HttpFetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/** Statuses whose responses must not carry a body: https://fetch.spec.whatwg.org/#null-body-status */
const withoutBody = new Set([101, 204, 205, 304]);

/** The SDKs read the whole body of an error. */
const maxErrorBytes = 1_000_000;

/** A new connection did not stand in time; has the code that the system would give. */
class ConnectTimeout extends Error {
  readonly code = 'ETIMEDOUT';
}

/**
 * `fetch` for what the SDKs send (a text body, plain headers), over Node's http and https: less work for each request than
 * the built-in one, and in VS Code's extension host the one that knows the user's proxy and certificates. Redirects are
 * answers like any other: a key does not follow them to another server.
 */
export function createHttpFetch({ connectMs, ca }: HttpFetchOptions): HttpFetch {
  const trusted = ca === undefined ? {} : { ca: [...rootCertificates, ca] };
  const agents = {
    'http:': { request: httpRequest, agent: new HttpAgent({ keepAlive: true }) },
    'https:': { request: httpsRequest, agent: new HttpsAgent({ keepAlive: true, ...trusted }) },
  } as const;
  return (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const { request, agent } = agents[url.protocol === 'https:' ? 'https:' : 'http:'];
    const given = init.headers instanceof Headers ? init.headers : new Headers(init.headers);
    const options = { ...addressOf(url), method: init.method ?? 'GET', agent, headers: Object.fromEntries(given) };
    const signal = init.signal ?? undefined;
    return new Promise((resolve, reject) => {
      const outgoing = request({ ...options, ...(signal && { signal }) });
      outgoing.setNoDelay(true);
      outgoing.on('error', reject);
      outgoing.on('socket', (socket) => limitConnecting(socket, url.protocol, connectMs));
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

/** A socket that is kept from an earlier request stands already. */
function limitConnecting(socket: Socket, protocol: string, ms: number): void {
  if (!socket.connecting) return;
  const timer = setTimeout(() => socket.destroy(new ConnectTimeout(`no connection within ${ms} ms`)), ms);
  const stop = (): void => clearTimeout(timer);
  socket.once(protocol === 'https:' ? 'secureConnect' : 'connect', stop);
  socket.once('close', stop);
}

/** What `request` would take from the URL, which it reads piece by piece at a multiple of the cost. */
function addressOf({ hostname, port, pathname, search }: URL) {
  // An IPv6 address stands in brackets in a URL only.
  const host = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
  return { hostname: host, path: `${pathname}${search}`, ...(port !== '' && { port }) };
}

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
