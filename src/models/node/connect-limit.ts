import type { ClientRequest } from 'node:http';
import type { Socket } from 'node:net';

/** A new connection did not stand in time; has the code that the system would give. */
class ConnectTimeout extends Error {
  readonly code = 'ETIMEDOUT';
}

/** There is no socket until a proxy has made the tunnel, and a request that is destroyed before says nothing. */
export function limitTunnel(outgoing: ClientRequest, ms: number, giveUp: (error: Error) => void): void {
  const timer = setTimeout(() => {
    giveUp(new ConnectTimeout(`no connection within ${ms} ms`));
    outgoing.destroy();
  }, ms);
  const stop = (): void => clearTimeout(timer);
  outgoing.once('socket', stop).once('close', stop);
}

/** A socket that is kept from an earlier request stands already. */
export function limitConnecting(socket: Socket, protocol: string, ms: number): void {
  if (!socket.connecting) return;
  const timer = setTimeout(() => socket.destroy(new ConnectTimeout(`no connection within ${ms} ms`)), ms);
  const stop = (): void => clearTimeout(timer);
  socket.once(protocol === 'https:' ? 'secureConnect' : 'connect', stop);
  socket.once('close', stop);
}
