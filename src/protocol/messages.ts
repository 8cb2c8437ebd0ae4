import type { CitationStatus } from '../citations/citation.ts';
import type { RunEvent } from '../runs/events.ts';
import type { MentionKind } from './mentions.ts';

/**
 * What the extension host and its two webviews (sidebar and panel) say to each other. The host owns all state; a view
 * draws what it is told and can be closed and opened at any time: it says `ready` and is told everything again.
 */

/** A badge as a view shows it: the host's judgement, and whether the file has changed since. */
export type BadgeStatus = CitationStatus | 'stale';

/** One citation of a finished answer against the files as they are now. */
export interface CitationBadge {
  /** Index into the run's `run-end` citations. */
  readonly index: number;
  readonly status: BadgeStatus;
  /**
   * For `stale`: where the cited text stands now (1-based, inclusive), or `null` when it is gone. For `moved` after
   * `reanchor`: the place that was accepted. Else `null`: the citation's own lines hold.
   */
  readonly now: { readonly startLine: number; readonly endLine: number } | null;
}

export interface ModelChoice {
  readonly root: string;
  readonly sub: string;
  /** True when no text leaves this machine. */
  readonly local: boolean;
  /** For people: what answers, and why that; or what is wrong with the choice. */
  readonly sentence: string;
}

/** Something the question refers to: it is put into the question with its path and lines. */
export interface Attachment {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly text: string;
}

/** Something that `#file:`, `#folder:` or `#symbol:` in a question can name. */
export interface MentionItem {
  readonly kind: MentionKind;
  readonly name: string;
  /** Where a symbol is; else empty. */
  readonly detail: string;
}

export interface ConversationEntry {
  readonly runId: string;
  readonly question: string;
  readonly attachments: readonly Attachment[];
  /** What answered, and why that; empty where it was not kept. */
  readonly models: string;
  /** True from `ask` until its `run-end`. A run that a reload cut off is ended by the host as `cancelled`. */
  readonly running: boolean;
  /** Its events are not sent until `unfold`: an older run of a long conversation. */
  readonly folded: boolean;
}

/** Why a question cannot be asked now; `ready` when it can. */
export type Readiness =
  | { readonly kind: 'ready' }
  | { readonly kind: 'no-folder' }
  /** Asking works; endpoint and key settings of the workspace are ignored. */
  | { readonly kind: 'untrusted' };

export interface ConversationState {
  readonly conversationId: string;
  readonly entries: readonly ConversationEntry[];
  readonly models: ModelChoice;
  /** What a question is likely to take, from earlier ones here; empty when there are none. */
  readonly estimate: string;
  /** Names of the open folders. */
  readonly folders: readonly string[];
  readonly readiness: Readiness;
  /** Questions to begin with, for these folders. */
  readonly starters: readonly string[];
}

/** Host → view. */
export type ViewMessage =
  | { readonly type: 'conversation'; readonly state: ConversationState }
  /** Events of one run, in order. `reset`: forget what you had of it; these are all there are. */
  | { readonly type: 'events'; readonly runId: string; readonly reset: boolean; readonly events: readonly RunEvent[] }
  /** No more is told of these runs, unless all is told again. */
  | { readonly type: 'forget'; readonly runIds: readonly string[] }
  | { readonly type: 'badges'; readonly runId: string; readonly badges: readonly CitationBadge[] }
  /** Sidebar: put the cursor into the question box, with these attachments and this text. */
  | { readonly type: 'compose'; readonly text: string; readonly attachments: readonly Attachment[] }
  /** Panel: show this run, and in it this agent. */
  | { readonly type: 'show'; readonly runId: string; readonly agentId: string | null; readonly replay?: boolean }
  /** Panel: show an earlier and a later run of a question side by side. */
  | { readonly type: 'compare'; readonly runIds: readonly [string, string] };

/** View → host: request name → [parameters, answer]. Every request is answered, or refused with an error. */
export interface ViewRequests {
  /** Sent once the view listens. The host answers, then sends all state. */
  ready: [Record<string, never>, Record<string, never>];
  ask: [{ readonly question: string; readonly attachments: readonly Attachment[] }, { readonly runId: string }];
  /** Asks the question of a run that failed or was stopped once more, of the same part of the workspace. */
  retry: [{ readonly runId: string }, { readonly runId: string }];
  /** Asks a question that came to a limit once more, with more budget. */
  goOn: [{ readonly runId: string }, { readonly runId: string }];
  /** What could be meant by what is written so far. */
  complete: [{ readonly kind: MentionKind; readonly typed: string }, { readonly items: readonly MentionItem[] }];
  /** Without `agentId` the whole run. */
  stop: [{ readonly runId: string; readonly agentId?: string }, Record<string, never>];
  /** Opens the editor at the citation (at `now` when it is stale and moved) and highlights it. */
  openCitation: [{ readonly runId: string; readonly index: number }, Record<string, never>];
  /** Accepts a stale citation's new place; fresh badges follow. */
  reanchor: [{ readonly runId: string; readonly index: number }, Record<string, never>];
  /** Shows an older run of the conversation again. */
  unfold: [{ readonly runId: string }, Record<string, never>];
  openPanel: [{ readonly runId: string; readonly agentId?: string }, Record<string, never>];
  /** All events of an ended run, for its replay. */
  eventsOf: [{ readonly runId: string }, { readonly events: readonly RunEvent[] }];
  /** Asks the run's question again, with another model or more budget as the person says; shows both runs. */
  rerun: [{ readonly runId: string }, Record<string, never>];
  /** To a file, in a format that the person says. */
  exportRun: [{ readonly runId: string }, Record<string, never>];
  /** To the clipboard. */
  copy: [{ readonly text: string }, Record<string, never>];
  /** A Markdown document with question, answer, citations and what was left out. */
  saveMarkdown: [{ readonly runId: string }, Record<string, never>];
  /** The report of what was loaded and what was left out. */
  showLeftOut: [{ readonly runId?: string }, Record<string, never>];
  setKey: [Record<string, never>, Record<string, never>];
  chooseModel: [Record<string, never>, Record<string, never>];
  newConversation: [Record<string, never>, Record<string, never>];
  openFolder: [Record<string, never>, Record<string, never>];
  showOutput: [Record<string, never>, Record<string, never>];
}

export type RequestName = keyof ViewRequests;
