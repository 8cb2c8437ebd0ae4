import type { GitQuery } from '../git/git-history.ts';
import type { SymbolQuery } from '../symbols/symbol-source.ts';

/** A JSON Schema an agent wants a reply to match. Comes from Python: untrusted. */
export type ReplySchema = Readonly<Record<string, unknown>>;

/** The part of the workspace a child agent gets. `null` paths: all of the parent's. */
export interface ChildFiles {
  readonly paths: readonly string[] | null;
  /** Texts that are not the snapshot's (made or changed in Python): path → text. */
  readonly texts: Readonly<Record<string, string>>;
}

export interface ChildTask extends ChildFiles {
  readonly task: string;
}

/** What Python may ask of the host; everything else is refused. One blocking call at a time for each REPL. */
export type HostCall =
  | { readonly op: 'llm_query'; readonly prompt: string; readonly model?: ModelTier; readonly schema?: ReplySchema }
  | {
      readonly op: 'llm_batch';
      readonly prompts: readonly string[];
      readonly model?: ModelTier;
      readonly schema?: ReplySchema;
    }
  | { readonly op: 'rlm_query'; readonly child: ChildTask; readonly schema?: ReplySchema }
  | { readonly op: 'rlm_batch'; readonly children: readonly ChildTask[]; readonly schema?: ReplySchema }
  | { readonly op: 'search'; readonly query: string; readonly k: number; readonly files: ChildFiles }
  | { readonly op: 'budget' }
  | { readonly op: 'symbols'; readonly query: SymbolQuery }
  | { readonly op: 'git'; readonly query: GitQuery };

export type ModelTier = 'root' | 'sub';

/** What `llm_batch` and `rlm_batch` answer, item by item: Python turns `error` into an error value, not an exception. */
export type BatchItem = { readonly ok: unknown } | { readonly error: string };
