/** Text that is too large for memory: a file of ours, outside of the workspace, that nobody changes any more. */
export interface SpooledBytes {
  /** Absolute. Gone when nobody in the thread that made it holds this object any more. */
  readonly file: string;
  readonly byteLength: number;
}

/** The text of a snapshot, its files one after another. Either kind can be sent to other threads. */
export type CorpusBytes = SharedArrayBuffer | SpooledBytes;

/** Reads from the text. */
export interface CorpusReader {
  /** @param offset in bytes, also beyond 4 GB. The bytes may be those of the memory itself. @throws when they cannot be read whole. */
  read(offset: number, byteLength: number): Uint8Array;
  close(): void;
}

export interface CorpusText {
  readonly bytes: CorpusBytes;
  readonly reader: CorpusReader;
}

/** Takes the text of one snapshot that is being made. */
export interface TextSpool {
  /** One after the other. @throws Error, for people, when there is no room or no right to write. */
  append(bytes: Uint8Array): Promise<void>;
  /** Nothing can be appended any more. */
  finish(): Promise<CorpusText>;
  /** Removes what was written. */
  discard(): Promise<void>;
}

export type OpenSpool = () => Promise<TextSpool>;

export const inMemory = (bytes: SharedArrayBuffer): CorpusText => ({
  bytes,
  reader: { read: (offset, byteLength) => new Uint8Array(bytes, offset, byteLength), close: () => undefined },
});

export const isSpooled = (bytes: CorpusBytes): bytes is SpooledBytes => 'file' in bytes;
