import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { chooseTurn, readRequest, type Script, type ScriptRequest, type Turn } from './script.ts';
import { answer, type ChatRequestBody, send } from './script-answer.ts';

export interface ScriptedServerOptions {
  readonly script: Script;
  /** Of turns that do not say; counts from the arrival of the request's headers. 0 when absent. */
  readonly latencyMs?: number;
  /** A free one when absent. */
  readonly port?: number;
}

interface RecordedRequest {
  readonly key: string;
  readonly turn: number;
  /** Milliseconds since the epoch. */
  readonly arrivedAt: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: ChatRequestBody & Readonly<Record<string, unknown>>;
}

interface ServerStats {
  calls: number;
  inFlight: number;
  maxInFlight: number;
  /** Answers that the client did not wait for. */
  aborted: number;
  /** Milliseconds since the epoch: the first request's arrival, the last answer's end. */
  firstAt: number | undefined;
  lastAt: number | undefined;
  maxPromptBytes: number;
}

export interface ScriptedServer {
  /** A base URL, ending in `/v1`. */
  readonly url: string;
  readonly requests: readonly RecordedRequest[];
  readonly stats: Readonly<ServerStats>;
  close(): Promise<void>;
}

/** An OpenAI-compatible chat server in this process, on a free port of the loopback address, that answers by a script. */
export async function startScriptedServer(options: ScriptedServerOptions): Promise<ScriptedServer> {
  const chat = new ScriptedChat(options);
  const server = createServer((request, response) => void chat.serve(request, response));
  // A thousand clients may come at once, and an idle connection must outlive the pause between two calls.
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) =>
    server.listen({ port: options.port ?? 0, host: '127.0.0.1', backlog: 2048 }, resolve),
  );
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    requests: chat.requests,
    stats: chat.stats,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

class ScriptedChat {
  readonly requests: RecordedRequest[] = [];
  readonly stats: ServerStats = {
    calls: 0,
    inFlight: 0,
    maxInFlight: 0,
    aborted: 0,
    firstAt: undefined,
    lastAt: undefined,
    maxPromptBytes: 0,
  };
  readonly #options: ScriptedServerOptions;
  /** Faults dealt so far, by key and turn. */
  readonly #faults = new Map<string, number>();

  constructor(options: ScriptedServerOptions) {
    this.#options = options;
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'POST' || !/\/chat\/completions(\?|$)/.test(request.url ?? '')) {
      return send(response, 404, 'application/json', '{"error":{"message":"no such route"}}');
    }
    this.#begin();
    response.once('close', () => this.#end(response.writableFinished));
    try {
      await this.#chat(request, response, Date.now());
    } catch (error) {
      if (response.headersSent || response.destroyed) response.destroy();
      else send(response, 500, 'application/json', JSON.stringify({ error: { message: String(error) } }));
    }
  }

  async #chat(request: IncomingMessage, response: ServerResponse, arrivedAt: number): Promise<void> {
    const bytes = await readAll(request);
    this.stats.maxPromptBytes = Math.max(this.stats.maxPromptBytes, bytes.length);
    const body = JSON.parse(bytes.toString('utf8')) as RecordedRequest['body'];
    const asked = readRequest(body.messages);
    this.requests.push({ key: asked.key, turn: asked.turn, arrivedAt, headers: request.headers, body });
    const turn = this.#withoutSpentFaults(chooseTurn(this.#options.script, asked), asked);
    const wait = arrivedAt + (turn.latencyMs ?? this.#options.latencyMs ?? 0) - Date.now();
    if (wait > 0) await sleep(wait);
    await answer(response, body, turn, `scripted-${this.requests.length}`);
  }

  #withoutSpentFaults(turn: Turn, { key, turn: number }: ScriptRequest): Turn {
    if (turn.times === undefined) return turn;
    const id = `${key}#${number}`;
    const dealt = this.#faults.get(id) ?? 0;
    if (dealt < turn.times) {
      this.#faults.set(id, dealt + 1);
      return turn;
    }
    const { status, body, cutAfterChars, stallAfterChars, noFinish, hang, html, ...sound } = turn;
    return sound;
  }

  #begin(): void {
    this.stats.calls++;
    this.stats.inFlight++;
    this.stats.maxInFlight = Math.max(this.stats.maxInFlight, this.stats.inFlight);
    this.stats.firstAt ??= Date.now();
  }

  #end(finished: boolean): void {
    this.stats.inFlight--;
    this.stats.lastAt = Date.now();
    if (!finished) this.stats.aborted++;
  }
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
