import { systemClock } from '../../util/node/system-clock.ts';
import { HostGate } from '../wire/host-gate.ts';
import { createHttpFetch, type HttpFetch, type HttpFetchOptions } from './http-fetch.ts';

/** How models reach their servers. One for a process, shared by all its models, so that what is learnt of a host is learnt once. */
export interface Network {
  readonly fetch: HttpFetch;
  /** @param host name and port */
  readonly gateOf: (host: string) => HostGate;
}

export interface NetworkOptions {
  /** Certificate authorities to trust beside the usual ones, in PEM. */
  readonly ca?: string | undefined;
  /** Milliseconds until a new connection stands; 15,000 when absent. */
  readonly connectMs?: number | undefined;
  readonly proxyEnv?: HttpFetchOptions['proxyEnv'];
}

export function createNetwork({ ca, proxyEnv, connectMs = 15_000 }: NetworkOptions = {}): Network {
  const gates = new Map<string, HostGate>();
  return {
    fetch: createHttpFetch({ ca, connectMs, proxyEnv }),
    gateOf: (host) => {
      const gate = gates.get(host) ?? new HostGate(systemClock);
      gates.set(host, gate);
      return gate;
    },
  };
}
