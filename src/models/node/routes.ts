import { type AgentOptions, Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { rootCertificates } from 'node:tls';
import { isLoopback } from '../providers/address.ts';

export interface RouteOptions {
  /** Certificate authorities to trust beside the usual ones, in PEM. */
  readonly ca?: string | undefined;
  /**
   * Proxies, in the names of the environment's variables. What goes to this machine goes straight there. Node before 24.5
   * (22.21 of the older line) does not know them; VS Code's extension host has its own.
   */
  readonly proxyEnv?: AgentOptions['proxyEnv'] | undefined;
}

/** How requests to a URL are made; connections are kept for the next. */
export interface Route {
  readonly request: typeof httpRequest;
  readonly agent: HttpAgent;
  /** The variable that names the proxy, when there is one that may be used. */
  readonly proxy?: string;
}

export function createRoutes({ ca, proxyEnv }: RouteOptions): (url: URL) => Route {
  const trusted = ca === undefined ? {} : { ca: [...rootCertificates, ca] };
  const routes = (more: AgentOptions, { HTTP_PROXY, HTTPS_PROXY }: NonNullable<RouteOptions['proxyEnv']>) => ({
    http: {
      request: httpRequest,
      agent: new HttpAgent({ keepAlive: true, ...more }),
      ...(HTTP_PROXY && { proxy: 'HTTP_PROXY' }),
    },
    https: {
      request: httpsRequest,
      agent: new HttpsAgent({ keepAlive: true, ...trusted, ...more }),
      ...(HTTPS_PROXY && { proxy: 'HTTPS_PROXY' }),
    },
  });
  const straight = routes({}, {});
  const proxied = proxyEnv === undefined ? straight : routes({ proxyEnv }, proxyEnv);
  return (url) => (isLoopback(url) ? straight : proxied)[url.protocol === 'https:' ? 'https' : 'http'];
}
