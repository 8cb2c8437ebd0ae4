import { randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { type AskServerPorts, askServer } from '../../src/cli/mcp/ask-server.ts';

export interface McpAddress {
  readonly url: string;
  /** Sent with every request; whoever lacks it is refused. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * The MCP server inside the extension host, for the editor that it runs in: on a free port of the loopback address, with a
 * token that nobody else is told. So agents of the editor are answered with the person's own models, limits and excludes.
 */
export class McpListener {
  readonly #ports: AskServerPorts;
  readonly #token = `Bearer ${randomBytes(32).toString('base64url')}`;
  readonly #sessions = new Map<string, StreamableHTTPServerTransport>();
  readonly #server: Server;
  readonly #listening: Promise<void>;

  constructor(ports: AskServerPorts) {
    this.#ports = ports;
    this.#server = createServer((request, response) => {
      this.#serve(request, response).catch(() => refuse(response, 500));
    });
    this.#listening = new Promise((resolve, reject) => {
      this.#server.once('error', reject).listen(0, '127.0.0.1', resolve);
    });
  }

  async address(): Promise<McpAddress> {
    await this.#listening;
    const { port } = this.#server.address() as AddressInfo;
    return { url: `http://127.0.0.1:${port}/mcp`, headers: { authorization: this.#token } };
  }

  async close(): Promise<void> {
    await Promise.all([...this.#sessions.values()].map((session) => session.close()));
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!isSame(request.headers.authorization ?? '', this.#token)) return refuse(response, 401);
    if (request.url !== '/mcp') return refuse(response, 404);
    const id = request.headers['mcp-session-id'];
    const session = id === undefined ? await this.#open() : this.#sessions.get(String(id));
    if (session === undefined) return refuse(response, 404);
    await session.handleRequest(request, response);
  }

  async #open(): Promise<StreamableHTTPServerTransport> {
    const transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: () => randomUUID(),
      onsessioninitialized: (id) => {
        this.#sessions.set(id, transport);
      },
    });
    transport.onclose = () => {
      if (transport.sessionId !== undefined) this.#sessions.delete(transport.sessionId);
    };
    await askServer(this.#ports).connect(transport);
    return transport;
  }
}

/** As long for a wrong token as for a nearly right one. */
function isSame(given: string, token: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(token)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function refuse(response: ServerResponse, status: number): void {
  if (!response.headersSent) response.writeHead(status);
  response.end();
}
