import type { FromWorker, Reply, SessionMessage } from './wire.ts';

/** The way to one worker, in a thread of this process or of a walled one. */
export interface WorkerLink {
  /** A `run` takes back an interrupt that came too late for the cell before. */
  post(message: SessionMessage): void;
  reply(reply: Reply): void;
  /** Raises KeyboardInterrupt in the cell, also when it waits for the host. */
  interrupt(): void;
  /** Until then, a worker does not keep the process alive. */
  keepAlive(): void;
  terminate(): Promise<void>;
}

export interface LinkListener {
  onMessage(message: FromWorker): void;
  /** May be called more than once, and after `terminate`. */
  onEnd(reason: string): void;
}

/** Starts a worker; its messages come later than this returns. */
export type StartLink = (listener: LinkListener) => WorkerLink;
