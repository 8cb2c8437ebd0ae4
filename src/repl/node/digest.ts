import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** A few milliseconds' work: whoever shares this thread waits no longer. */
const stepBytes = 2 ** 20;

export const sha256 = (data: string): string => createHash('sha256').update(data).digest('hex');

/** Of megabytes, with a turn of the event loop between two steps. */
export async function sha256InSteps(bytes: Uint8Array): Promise<Buffer> {
  const hash = createHash('sha256');
  for (let at = 0; at < bytes.length; at += stepBytes) {
    if (at > 0) await nextTurn();
    hash.update(bytes.subarray(at, at + stepBytes));
  }
  return hash.digest();
}
