import type { RunEvent } from '../../../src/runs/events.ts';
import { progressText } from '../../../src/runs/progress-text.ts';
import { emptyRun, reduceRun } from '../../../src/runs/run-tree.ts';
import type { McpAddress, McpListener } from '../../node/mcp-listener.ts';
import type { DoorAsking } from './door-asking.ts';

/** Our MCP server for the editor's agents, started when the editor wants it. */
export class McpOffer {
  readonly #doors: DoorAsking;
  readonly #version: string;
  #listener: Promise<McpListener> | undefined;

  constructor(doors: DoorAsking, version: string) {
    this.#doors = doors;
    this.#version = version;
  }

  async address(): Promise<McpAddress> {
    this.#listener ??= this.#listen();
    return (await this.#listener).address();
  }

  async close(): Promise<void> {
    await (await this.#listener)?.close();
  }

  async #listen(): Promise<McpListener> {
    // The SDK is read only by those whose editor asks for the server.
    const { McpListener: Listener } = await import('../../node/mcp-listener.ts');
    return new Listener({
      version: this.#version,
      folders: false,
      ask: async ({ question, scope = [], maxCostUsd, maxSeconds, maxCalls }, tell, signal) => {
        let state = emptyRun;
        const onEvent = (event: RunEvent) => {
          const before = progressText(state);
          state = reduceRun(state, event);
          if (progressText(state) !== before) tell(progressText(state));
        };
        const limits = {
          ...(maxCostUsd !== undefined && { maxCostUsd }),
          ...(maxSeconds !== undefined && { maxSeconds }),
          ...(maxCalls !== undefined && { maxCalls }),
        };
        const asked = { question, scope, limits, attachments: [], earlier: [], onEvent, signal };
        const { end } = await this.#doors.ask(asked);
        return { end, models: state.models };
      },
    });
  }
}
