import { type HostFrame, RequestSender } from '../../src/protocol/channel.ts';
import type { RequestName, ViewMessage, ViewRequests } from '../../src/protocol/messages.ts';

interface VsCodeApi {
  postMessage(frame: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The extension host, as a view reaches it. */
export interface Host {
  send<N extends RequestName>(name: N, params: ViewRequests[N][0]): Promise<ViewRequests[N][1]>;
  /** What this view keeps for itself across being hidden or reloaded. */
  readonly saved: Readonly<Record<string, unknown>>;
  save(state: Readonly<Record<string, unknown>>): void;
}

export function connectHost(onMessage: (message: ViewMessage) => void): Host {
  const api = acquireVsCodeApi();
  const requests = new RequestSender((frame) => api.postMessage(frame));
  window.addEventListener('message', ({ data }: MessageEvent<HostFrame>) => {
    if (data?.kind === 'message') onMessage(data.message);
    else if (data?.kind === 'answer' || data?.kind === 'refusal') requests.receive(data);
  });
  window.addEventListener('pagehide', () => requests.close());
  const saved = api.getState();
  let state: Readonly<Record<string, unknown>> = typeof saved === 'object' && saved !== null ? { ...saved } : {};
  return {
    send: (name, params) => requests.send(name, params),
    get saved() {
      return state;
    },
    save(part) {
      state = { ...state, ...part };
      api.setState(state);
    },
  };
}
