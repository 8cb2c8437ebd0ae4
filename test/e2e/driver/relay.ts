import { createServer, type IncomingMessage, type RequestListener, request, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect, type Socket } from 'node:net';

export interface RelayOptions {
  /** Where requests go, whatever host they name. */
  readonly to: string;
  readonly port?: number;
  /** Speaks TLS with these. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** JSON answered by the relay itself, by path. */
  readonly own?: Readonly<Record<string, unknown>>;
}

export interface Relay {
  readonly port: number;
  /** What came: `POST http://host/path` to a proxy, `POST /path` to a server, `CONNECT host:port`. */
  readonly seen: readonly string[];
  close(): Promise<void>;
}

/** Stands before a scripted server as something else: a server with a certificate, another product, a proxy. */
export async function startRelay({ to, port = 0, tls, own = {} }: RelayOptions): Promise<Relay> {
  const target = new URL(to);
  const seen: string[] = [];
  const listener: RequestListener = (incoming, response) => {
    seen.push(`${incoming.method} ${incoming.url}`);
    const { pathname } = new URL(incoming.url ?? '/', target);
    if (Object.hasOwn(own, pathname)) response.end(JSON.stringify(own[pathname]));
    else pass(incoming, response, target, pathname);
  };
  const server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener);
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket));
  server.on('connect', (incoming: IncomingMessage, socket: Socket) => {
    seen.push(`CONNECT ${incoming.url}`);
    const upstream = connect(Number(target.port), target.hostname, () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      upstream.pipe(socket).pipe(upstream);
    });
    for (const one of [socket, upstream]) one.on('error', () => undefined);
    sockets.add(upstream);
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', () => resolve()));
  return {
    ...{ port: (server.address() as AddressInfo).port, seen },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function pass(incoming: IncomingMessage, response: ServerResponse, target: URL, path: string): void {
  const { method, headers } = incoming;
  const outgoing = request({ host: target.hostname, port: target.port, path, method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  outgoing.on('error', () => response.destroy());
  response.on('close', () => outgoing.destroy());
  incoming.pipe(outgoing);
}
