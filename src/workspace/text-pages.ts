const pageBytes = 8 * 1024 * 1024;

/** Collects text whose total is not known yet, and hands it over as one buffer of exactly that size. */
export class TextPages {
  #pages: Uint8Array[] = [];
  #used = 0;
  #total = 0;

  get total(): number {
    return this.#total;
  }

  append(bytes: Uint8Array): void {
    this.#total += bytes.length;
    for (let from = 0; from < bytes.length; ) {
      let page = this.#pages.at(-1);
      if (page === undefined || this.#used === page.length) {
        page = new Uint8Array(pageBytes);
        this.#pages.push(page);
        this.#used = 0;
      }
      const part = bytes.subarray(from, from + page.length - this.#used);
      page.set(part, this.#used);
      this.#used += part.length;
      from += part.length;
    }
  }

  /** Gives away what is complete. */
  takeFull(): readonly Uint8Array[] {
    return this.#pages.splice(0, Math.max(0, this.#pages.length - 1));
  }

  /** Gives away the rest. */
  takeAll(): readonly Uint8Array[] {
    const pages = this.#pages;
    this.#pages = [];
    return pages.map((page, at) => (at === pages.length - 1 ? page.subarray(0, this.#used) : page));
  }

  /** Only while nothing was taken. Gives each page back to the collector as soon as it is copied: the text is not held twice. */
  async toShared(pause: () => Promise<void>): Promise<SharedArrayBuffer> {
    const shared = new SharedArrayBuffer(this.#total);
    const view = new Uint8Array(shared);
    const pages = this.#pages.reverse();
    this.#pages = [];
    for (let at = 0, page = pages.pop(); page !== undefined; at += pageBytes, page = pages.pop()) {
      view.set(pages.length === 0 ? page.subarray(0, this.#used) : page, at);
      await pause();
    }
    return shared;
  }
}
