/** What a sub-call came to, and the agent that answered it. */
export interface RememberedReply {
  readonly agentId: string;
  readonly value: unknown;
}

/** Identical sub-calls of a run are paid for once; one that is still under way is shared. Failures are not remembered. */
export class SubCallMemory {
  readonly #replies = new Map<string, Promise<RememberedReply>>();
  readonly #hash: (text: string) => string;

  constructor(hash: (text: string) => string) {
    this.#hash = hash;
  }

  /** @returns the reply, and whether it was there (or on its way) already. */
  recall(
    call: unknown,
    make: () => Promise<RememberedReply>,
  ): { readonly reply: Promise<RememberedReply>; readonly known: boolean } {
    const key = this.#hash(JSON.stringify(call));
    const known = this.#replies.get(key);
    if (known !== undefined) return { reply: known, known: true };
    const reply = make();
    this.#replies.set(key, reply);
    reply.catch(() => this.#replies.delete(key));
    return { reply, known: false };
  }
}
