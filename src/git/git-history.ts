import type { Snapshot } from '../workspace/snapshot.ts';

export type GitQuery =
  | { readonly ask: 'blame'; readonly path: string; readonly start: number; readonly end: number }
  /** `path` null: the whole repository. */
  | { readonly ask: 'log'; readonly path: string | null; readonly count: number }
  | { readonly ask: 'changed_since'; readonly ref: string };

export interface BlamedLine {
  readonly line: number;
  /** Abbreviated; `uncommitted` for lines that are in no commit. */
  readonly commit: string;
  readonly author: string;
  /** ISO 8601. */
  readonly date: string;
  readonly summary: string;
  readonly text: string;
}

export interface LoggedCommit {
  readonly commit: string;
  readonly author: string;
  readonly date: string;
  readonly summary: string;
}

export interface ChangedPath {
  readonly path: string;
  readonly change: 'added' | 'modified' | 'deleted';
}

export interface GitReply {
  readonly items: readonly (BlamedLine | LoggedCommit | ChangedPath)[];
  readonly notes: readonly string[];
}

export interface GitScope {
  readonly snapshot: Snapshot;
  /** Whether the snapshot is the whole workspace: only then is a path that it lacks a deleted one. */
  readonly whole: boolean;
}

/** Looks into the history of the folders under question; changes nothing and runs nothing that they bring along. */
export interface GitHistory {
  /**
   * @param scope what the asking agent may see: other paths are refused, or left out of lists.
   * @throws HostRefusal with a sentence for the model, also where a folder is no repository.
   */
  ask(query: GitQuery, scope: GitScope, signal: AbortSignal): Promise<GitReply>;
}
