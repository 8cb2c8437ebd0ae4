import type { Snapshot } from '../workspace/snapshot.ts';
import type { DefinitionItem } from './symbol-source.ts';

/** Line and column (in UTF-16 units) are 1-based. */
export interface CodePosition {
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

/**
 * The language servers that an editor has for the code. Every question answers `undefined` when no server is ready for it;
 * none takes longer than a few seconds. Places are of files of the snapshot, whose text there is the name asked for.
 */
export interface LanguageServers {
  outline(path: string, snapshot: Snapshot, signal: AbortSignal): Promise<readonly DefinitionItem[] | undefined>;
  /** Every use of what is defined there, the definition with it. */
  references(at: CodePosition, snapshot: Snapshot, signal: AbortSignal): Promise<readonly CodePosition[] | undefined>;
  /** Every call of it. */
  calls(at: CodePosition, snapshot: Snapshot, signal: AbortSignal): Promise<readonly CodePosition[] | undefined>;
}
