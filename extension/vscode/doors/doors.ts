import type { Asking, AskingPorts } from '../asking.ts';
import { AskTool } from './ask-tool.ts';
import { DoorAsking } from './door-asking.ts';
import { McpOffer } from './mcp-offer.ts';
import { Participant } from './participant.ts';

/** What other parts of the editor come in through. */
export interface Doors {
  readonly tool: AskTool;
  readonly participant: Participant;
  readonly mcp: McpOffer;
}

export function openDoors(ports: AskingPorts & { readonly asking: Asking; readonly version: string }): Doors {
  const doors = new DoorAsking(ports);
  return {
    tool: new AskTool({ ...ports, doors }),
    participant: new Participant({ ...ports, doors }),
    mcp: new McpOffer(doors, ports.version),
  };
}
