/** What `workspace/executeCommand` takes. */
export const commandNames = {
  ask: 'ask-codebase.ask',
  askAgain: 'ask-codebase.askAgain',
  reanchorAll: 'ask-codebase.reanchorAll',
} as const;
