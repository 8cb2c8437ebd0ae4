/** What a sub-call came to, and the agent that answered it. */
export interface RememberedReply {
  readonly agentId: string;
  readonly value: unknown;
}

interface Made {
  readonly reply: Promise<RememberedReply>;
  /** What ends the call that makes the reply. */
  readonly within: AbortSignal;
}

/** Identical sub-calls of a run are paid for once; one that is still under way is shared. Failures are not remembered. */
export class SubCallMemory {
  readonly #replies = new Map<string, Made>();
  readonly #hash: (text: string) => string;

  constructor(hash: (text: string) => string) {
    this.#hash = hash;
  }

  /** @returns the reply, and whether it was there (or on its way) already. */
  recall(call: unknown, within: AbortSignal, make: () => Promise<RememberedReply>): Made & { readonly known: boolean } {
    const key = this.#hash(JSON.stringify(call));
    const known = this.#replies.get(key);
    if (known !== undefined) return { ...known, known: true };
    const made = { reply: make(), within };
    this.#replies.set(key, made);
    made.reply.catch(() => this.#replies.delete(key));
    return { ...made, known: false };
  }
}
