/** Names that package.json declares as well. */
export const chatViewId = 'askCodebase.chat';
export const runPanelId = 'askCodebase.run';
/** Of the chat participant, the language-model tool and the MCP server. */
export const participantId = 'askCodebase.codebase';
export const toolName = 'ask_codebase';
export const mcpProviderId = 'askCodebase.mcp';
export const settingsSection = 'askCodebase';

export const commandNames = [
  'ask',
  'askSelection',
  'askFolder',
  'askSymbol',
  'askTerminal',
  'askChanges',
  'savedQuestions',
  'saveQuestion',
  'stop',
  'openLastRun',
  'openRun',
  'chooseModel',
  'setKey',
  'showLoaded',
  'newChat',
  'history',
  'showOutput',
] as const;

export type CommandName = (typeof commandNames)[number];
