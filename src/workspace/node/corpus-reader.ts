import { closeSync, openSync, readSync } from 'node:fs';
import { type CorpusBytes, type CorpusReader, inMemory, isSpooled, type SpooledBytes } from '../corpus-bytes.ts';

export interface FillingReader extends CorpusReader {
  /** Fills `into` with the text from `offset` on. @throws when it cannot be filled whole. */
  fill(into: Uint8Array, offset: number): void;
}

/** Every thread opens the text for itself. @throws when it is a file that cannot be opened. */
export function openCorpus(bytes: CorpusBytes): FillingReader {
  if (isSpooled(bytes)) return openFile(bytes);
  const { reader } = inMemory(bytes);
  return { ...reader, fill: (into, offset) => into.set(reader.read(offset, into.length)) };
}

function openFile({ file }: SpooledBytes): FillingReader {
  const descriptor = openSync(file, 'r');
  let isOpen = true;
  const fill = (into: Uint8Array, offset: number): void => {
    if (!isOpen) throw new Error('the text of this workspace was closed');
    for (let filled = 0; filled < into.length; ) {
      const count = readSync(descriptor, into, filled, into.length - filled, offset + filled);
      if (count === 0) throw new Error(`the text of this workspace ends before ${offset + into.length}`);
      filled += count;
    }
  };
  return {
    fill,
    read: (offset, byteLength) => {
      const into = new Uint8Array(byteLength);
      fill(into, offset);
      return into;
    },
    close: () => {
      if (isOpen) closeSync(descriptor);
      isOpen = false;
    },
  };
}
