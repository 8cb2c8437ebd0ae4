/** Milliseconds, measured in VS Code for `npm run bench`: from Enter in the question box to the model's server, and before. */
export interface VsCodeTimes {
  /** One for each window, as VS Code itself measures it. */
  readonly activationMs: readonly number[];
  /** One for each window: loads the engine and reads the folder. */
  readonly firstMs: readonly number[];
  readonly laterMs: readonly number[];
}
