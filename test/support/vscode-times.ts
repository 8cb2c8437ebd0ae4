/** Milliseconds from Enter in the question box to the model's server, measured in VS Code for `npm run bench`. */
export interface VsCodeTimes {
  /** One for each window: loads the engine and reads the folder. */
  readonly firstMs: readonly number[];
  readonly laterMs: readonly number[];
}
