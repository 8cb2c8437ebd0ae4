import type { FromWorker } from './wire.ts';

/** How an interpreter's thread speaks with its host, also while Python keeps it busy. */
export interface HostLine {
  say(message: FromWorker): void;
  /**
   * Blocks until the reply to this call is there, the time (of `performance.now`) has come, or the host interrupts; an
   * interrupt is then taken. Replies to earlier calls are dropped.
   * @param call `null` to wait for the time alone.
   */
  wait(call: number | null, until: number): Uint8Array | 'over' | 'interrupted';
  /** Takes an interrupt that has come: 2 (SIGINT), else 0. */
  takeSignal(): number;
}
