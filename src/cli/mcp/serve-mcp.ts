import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import type { CliHost } from '../cli-host.ts';
import type { ServeCommand } from '../serve-arguments.ts';
import { askServer } from './ask-server.ts';
import { askOf } from './ask-tool.ts';
import { ServedEngines } from './served-engines.ts';
import { foldersOfRoots } from './served-folders.ts';

/** Longest wait for interpreters to end when the client has gone. */
const closeMs = 1500;

/** Speaks the Model Context Protocol over stdin and stdout until the client goes away. @returns the exit code. */
export async function serveMcp(command: ServeCommand, host: CliHost): Promise<number> {
  // Stdout is the protocol's.
  console.log = console.info = console.debug = console.error;
  const engines = new ServedEngines(command, host);
  const served = async (): Promise<readonly string[]> => {
    if (command.dirs.length > 0) return command.dirs;
    const folders = foldersOfRoots(await rootsOf(server));
    return folders.length === 0 ? [host.cwd] : folders;
  };
  const server = askServer({
    version: host.version,
    folders: true,
    ask: async (input, tell, signal) =>
      engines.use(await served(), input.folder, (engine) => askOf(engine, input, { command, host }, tell, signal)),
  });
  const gone = clientGone(host);
  await server.connect(new StdioServerTransport());
  await gone;
  await server.close();
  await Promise.race([engines.close(), new Promise((resolve) => setTimeout(resolve, closeMs))]);
  return 0;
}

/** The transport itself does not say when the other side has closed. */
const clientGone = (host: CliHost): Promise<void> =>
  new Promise((resolve) => {
    for (const event of ['end', 'close', 'error'] as const) process.stdin.once(event, () => resolve());
    host.onInterrupt(() => resolve());
  });

async function rootsOf({ server }: McpServer): Promise<readonly string[]> {
  if (server.getClientCapabilities()?.roots === undefined) return [];
  const { roots } = await server.listRoots();
  return roots.map(({ uri }) => uri);
}
