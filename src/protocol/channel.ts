import type { RequestName, ViewMessage, ViewRequests } from './messages.ts';

/** What travels from a view: a request with a number that its answer repeats. */
export interface RequestFrame {
  readonly kind: 'request';
  readonly id: number;
  readonly name: RequestName;
  readonly params: unknown;
}

export type AnswerFrame =
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'refusal'; readonly id: number; readonly message: string };

/** What travels to a view. */
export type HostFrame = AnswerFrame | { readonly kind: 'message'; readonly message: ViewMessage };

export type RequestHandlers = {
  readonly [N in RequestName]: (params: ViewRequests[N][0]) => Promise<ViewRequests[N][1]> | ViewRequests[N][1];
};

/** The host's end: answers every request, with a refusal when its handler throws or there is none. */
export async function serveRequest(frame: unknown, handlers: RequestHandlers): Promise<AnswerFrame | undefined> {
  if (!isRequest(frame)) return undefined;
  const { id, name, params } = frame;
  try {
    const handler = handlers[name] as ((params: unknown) => unknown) | undefined;
    if (!Object.hasOwn(handlers, name) || handler === undefined) throw new Error(`There is no request ${name}.`);
    return { kind: 'answer', id, value: await handler(params) };
  } catch (error) {
    return { kind: 'refusal', id, message: error instanceof Error ? error.message : String(error) };
  }
}

function isRequest(frame: unknown): frame is RequestFrame {
  const request = frame as Partial<RequestFrame> | null;
  return (
    typeof request === 'object' &&
    request?.kind === 'request' &&
    typeof request.id === 'number' &&
    typeof request.name === 'string'
  );
}

/** A view's end: sends requests and pairs their answers; closing rejects all that are pending. */
export class RequestSender {
  readonly #post: (frame: RequestFrame) => void;
  readonly #pending = new Map<
    number,
    { readonly resolve: (value: never) => void; readonly reject: (error: Error) => void }
  >();
  #sent = 0;
  #closed = false;

  constructor(post: (frame: RequestFrame) => void) {
    this.#post = post;
  }

  send<N extends RequestName>(name: N, params: ViewRequests[N][0]): Promise<ViewRequests[N][1]> {
    if (this.#closed) return Promise.reject(new Error('The view is closed.'));
    const id = ++this.#sent;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      this.#post({ kind: 'request', id, name, params });
    });
  }

  receive(frame: AnswerFrame): void {
    const waiting = this.#pending.get(frame.id);
    this.#pending.delete(frame.id);
    if (frame.kind === 'answer') waiting?.resolve(frame.value as never);
    else waiting?.reject(new Error(frame.message));
  }

  close(): void {
    this.#closed = true;
    for (const { reject } of this.#pending.values()) reject(new Error('The view was closed before the answer came.'));
    this.#pending.clear();
  }
}
