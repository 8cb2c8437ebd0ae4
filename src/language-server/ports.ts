import type { Hash } from '../citations/anchor.ts';
import type { RunEnd } from '../engine-api.ts';
import type { RunEvent } from '../runs/events.ts';
import type { Snapshot } from '../workspace/snapshot.ts';

/** What the server reaches outside, for the folders of one editor window. */
export interface ServerPorts {
  /** The code as it is now, or as it was a moment ago. */
  readonly code: (signal: AbortSignal) => Promise<Snapshot>;
  /** The URI of a file of the snapshot. */
  readonly uriOf: (path: string, snapshot: Snapshot) => string | undefined;
  readonly hash: Hash;
  /** Absent where the editor asks in its own way. */
  readonly ask?: (question: string, onEvent: (event: RunEvent) => void, signal: AbortSignal) => Promise<Asked>;
  /** Ends what runs. */
  readonly close: () => Promise<void>;
}

export interface Asked {
  readonly end: RunEnd;
  readonly models: { readonly root: string; readonly sub: string };
}

/** @param folders URIs of the editor's folders. */
export type OpenPorts = (folders: readonly string[]) => ServerPorts;
