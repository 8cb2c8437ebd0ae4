import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import type { RequestHandlerExtra } from '@modelcontextprotocol/sdk/shared/protocol.js';
import type { CallToolResult, ServerNotification, ServerRequest } from '@modelcontextprotocol/sdk/types.js';
import { answerReport } from '../../runs/answer-report.ts';
import { sanitize } from '../sanitize.ts';
import { type AskInput, askInput, askOutput, askOutputOf } from './ask-schema.ts';
import type { AskedRun } from './ask-tool.ts';

type Extra = RequestHandlerExtra<ServerRequest, ServerNotification>;

export interface AskServerPorts {
  readonly version: string;
  /** Whether a folder can be chosen among those that are served. */
  readonly folders: boolean;
  /** Ends cancelled when the signal aborts. What it throws becomes the tool's error. */
  readonly ask: (input: AskInput, tell: (message: string) => void, signal: AbortSignal) => Promise<AskedRun>;
}

const description =
  'Answers a question about a whole codebase, however large: agents search and read it, and every citation of the answer ' +
  '(path:start-end) is checked by code against the files. Takes from seconds to minutes. Reads only. Ask one question at a ' +
  'time, in full; a cited location that is "verified" need not be looked up again.';

/** A server with the one tool, `ask_codebase`, still without a transport. */
export function askServer({ version, folders, ask }: AskServerPorts): McpServer {
  const server = new McpServer({ name: 'ask-codebase', title: 'Ask Codebase', version });
  const { folder, ...others } = askInput;
  server.registerTool(
    'ask_codebase',
    {
      title: 'Ask Codebase',
      description,
      inputSchema: folders ? { folder, ...others } : others,
      outputSchema: askOutput,
      // Not said to be read-only, which it is: clients, VS Code among them, then ask nobody before they spend money.
      annotations: { destructiveHint: false, idempotentHint: false, openWorldHint: true },
    },
    // Clients show the text in terminals, too.
    async (input: AskInput, extra: Extra): Promise<CallToolResult> => {
      const { end, models } = await ask(input, teller(extra), extra.signal);
      if (end.outcome === 'failed') return failure(end.reason);
      return {
        content: [{ type: 'text', text: answerReport(end, sanitize) }],
        structuredContent: askOutputOf(end, models),
      };
    },
  );
  return server;
}

const failure = (text: string): CallToolResult => ({ content: [{ type: 'text', text }], isError: true });

/** Progress goes to a client that asked for it; how much there is to do is not known. */
function teller({ _meta, sendNotification }: Extra) {
  const progressToken = _meta?.progressToken;
  let progress = 0;
  return (message: string): void => {
    if (progressToken === undefined) return;
    const params = { progressToken, progress: ++progress, message };
    sendNotification({ method: 'notifications/progress', params }).catch(() => undefined);
  };
}
