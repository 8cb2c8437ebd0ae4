import type { CorpusBytes } from '../../workspace/corpus-bytes.ts';
import type { SearchReply } from '../code-search.ts';
import type { SearchCall, SearchCorpus } from '../search-engine.ts';

/** What the host and its search thread say to each other. */

export type WireCorpus = Omit<SearchCorpus, 'text'> & { readonly bytes: CorpusBytes };

export type ToSearchWorker =
  | { readonly kind: 'load'; readonly corpus: WireCorpus }
  | { readonly kind: 'search'; readonly id: number; readonly call: SearchCall };

export type FromSearchWorker =
  /** After a `load`: how long reading took, in milliseconds, and the bytes that the thread's memory grew to. */
  | { readonly kind: 'loaded'; readonly corpus: number; readonly ms: number; readonly bytes: number }
  | { readonly kind: 'found'; readonly id: number; readonly reply: SearchReply }
  /** `isRefusal`: the message is for who asked. */
  | { readonly kind: 'failed'; readonly id: number; readonly message: string; readonly isRefusal: boolean };
