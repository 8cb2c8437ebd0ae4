/** Milliseconds, measured in a browser for `npm run bench`: from a message to the frame that shows it, one for each message. */
export interface PixelCosts {
  /** With 100 agents in the tree. */
  readonly ms100: readonly number[];
  readonly ms10000: readonly number[];
}
