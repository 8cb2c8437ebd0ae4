import { systemClock } from '../../util/node/system-clock.ts';
import { HostGate } from '../wire/host-gate.ts';
import { createHttpFetch, type HttpFetch } from './http-fetch.ts';
import type { RouteOptions } from './routes.ts';

/** How models reach their servers. One for a process, shared by all its models, so that what is learnt of a host is learnt once. */
export interface Network {
  readonly fetch: HttpFetch;
  /** @param host name and port */
  readonly gateOf: (host: string) => HostGate;
}

export interface NetworkOptions extends RouteOptions {
  /** Milliseconds until a new connection stands; 15,000 when absent. */
  readonly connectMs?: number | undefined;
}

export function createNetwork({ connectMs = 15_000, ...reach }: NetworkOptions = {}): Network {
  const gates = new Map<string, HostGate>();
  return {
    fetch: createHttpFetch({ connectMs, ...reach }),
    gateOf: (host) => {
      const gate = gates.get(host) ?? new HostGate(systemClock);
      gates.set(host, gate);
      return gate;
    },
  };
}
