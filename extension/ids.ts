/** Names that package.json declares as well. */
export const chatViewId = 'askCodebase.chat';
export const runPanelId = 'askCodebase.run';
export const settingsSection = 'askCodebase';

export const commandNames = [
  'ask',
  'askSelection',
  'stop',
  'openLastRun',
  'chooseModel',
  'setKey',
  'showLoaded',
  'newChat',
  'history',
  'showOutput',
  'replayRun',
  'rerun',
  'exportRun',
] as const;

export type CommandName = (typeof commandNames)[number];
