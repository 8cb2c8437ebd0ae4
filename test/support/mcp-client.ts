import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { ListRootsRequestSchema } from '@modelcontextprotocol/sdk/types.js';

export interface McpClient {
  readonly client: Client;
  readonly pid: number;
  /** What the server wrote to stderr. */
  readonly said: () => string;
  /** What was wrong on the wire: a line on stdout that is no message is told here. */
  readonly problems: readonly string[];
}

/** An agent's side: the SDK's client with the real binary, `ask-codebase serve --mcp`, over stdio. */
export async function startMcpClient(options: {
  readonly home: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  /** Folders that the client has open. */
  readonly roots?: readonly string[];
}): Promise<McpClient> {
  const { home, args, cwd, roots } = options;
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [join(process.cwd(), 'dist/cli.js'), 'serve', '--mcp', ...args],
    env: {
      PATH: process.env.PATH ?? '',
      HOME: home,
      XDG_CACHE_HOME: join(process.cwd(), '.cache', 'test-home'),
    },
    stderr: 'pipe',
    ...(cwd !== undefined && { cwd }),
  });
  let said = '';
  transport.stderr?.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const problems: string[] = [];
  const client = new Client({ name: 'test', version: '1' }, { capabilities: roots === undefined ? {} : { roots: {} } });
  client.onerror = (error) => problems.push(error.message);
  if (roots !== undefined)
    client.setRequestHandler(ListRootsRequestSchema, () => ({
      roots: roots.map((root) => ({ uri: pathToFileURL(root).href })),
    }));
  await client.connect(transport);
  return { client, pid: transport.pid ?? 0, said: () => said, problems };
}
