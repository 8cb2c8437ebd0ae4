import { setTimeout as sleep } from 'node:timers/promises';

/** Asks again until there is something (neither `undefined` nor `false`), and says after `timeoutMs` what was awaited. */
export async function until<T>(
  what: string,
  look: () => Promise<T | undefined | false> | T | undefined | false,
  timeoutMs = 60_000,
): Promise<T> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error(`Waited ${timeoutMs} ms for ${what}.`);
    await sleep(100);
  }
}
