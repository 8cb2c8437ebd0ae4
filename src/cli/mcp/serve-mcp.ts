import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import type { RequestHandlerExtra } from '@modelcontextprotocol/sdk/shared/protocol.js';
import type { CallToolResult, ServerNotification, ServerRequest } from '@modelcontextprotocol/sdk/types.js';
import { answerReport } from '../../runs/answer-report.ts';
import type { CliHost } from '../cli-host.ts';
import type { ServeCommand } from '../serve-arguments.ts';
import { askInput, askOutput, askOutputOf } from './ask-schema.ts';
import { askOf } from './ask-tool.ts';
import { ServedEngines } from './served-engines.ts';
import { foldersOfRoots } from './served-folders.ts';

const description =
  'Answers a question about a whole codebase, however large: agents search and read it, and every citation of the answer ' +
  '(path:start-end) is checked by code against the files. Takes from seconds to minutes. Reads only. Ask one question at a ' +
  'time, in full; a cited location that is "verified" need not be looked up again.';

/** Speaks the Model Context Protocol over stdin and stdout until the client goes away. @returns the exit code. */
export async function serveMcp(command: ServeCommand, host: CliHost): Promise<number> {
  // Stdout is the protocol's.
  console.log = console.info = console.debug = console.error;
  const engines = new ServedEngines(command, host);
  const server = new McpServer({ name: 'ask-codebase', title: 'Ask Codebase', version: host.version });
  const served = async (): Promise<readonly string[]> => {
    if (command.dirs.length > 0) return command.dirs;
    const folders = foldersOfRoots(await rootsOf(server));
    return folders.length === 0 ? [host.cwd] : folders;
  };
  server.registerTool(
    'ask_codebase',
    {
      title: 'Ask Codebase',
      description,
      inputSchema: askInput,
      outputSchema: askOutput,
      annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: false, openWorldHint: true },
    },
    async (input, extra) => {
      const dirs = await served();
      return engines.use(dirs, input.folder, async (engine) => {
        const { end, models } = await askOf(engine, input, { command, host }, teller(extra), extra.signal);
        if (end.outcome === 'failed') return failure(end.reason);
        return {
          content: [{ type: 'text', text: answerReport(end) }],
          structuredContent: askOutputOf(end, models),
        };
      });
    },
  );
  const gone = clientGone(host);
  await server.connect(new StdioServerTransport());
  await gone;
  await server.close();
  await Promise.race([engines.close(), new Promise((resolve) => setTimeout(resolve, 1500))]);
  return 0;
}

const failure = (text: string): CallToolResult => ({ content: [{ type: 'text', text }], isError: true });

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

/** Progress goes to a client that asked for it; how much there is to do is not known. */
function teller({ _meta, sendNotification }: RequestHandlerExtra<ServerRequest, ServerNotification>) {
  const progressToken = _meta?.progressToken;
  let progress = 0;
  return (message: string): void => {
    if (progressToken === undefined) return;
    const params = { progressToken, progress: ++progress, message };
    sendNotification({ method: 'notifications/progress', params }).catch(() => undefined);
  };
}
