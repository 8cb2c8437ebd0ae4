import type { Message } from '../../src/models/model.ts';

/** What `vscode.lm` knows of roles. */
export interface OfferedMessage {
  readonly role: 'user' | 'assistant';
  readonly content: string;
}

/** There is no system role: its text opens the first message of the user, or is one of its own. */
export function foldMessages(messages: readonly Message[]): readonly OfferedMessage[] {
  const system = messages
    .filter(({ role }) => role === 'system')
    .map(({ content }) => content)
    .join('\n\n');
  const rest = messages.flatMap(({ role, content }) => (role === 'system' ? [] : [{ role, content }]));
  if (system === '') return rest;
  const [first, ...others] = rest;
  return first?.role === 'user'
    ? [{ role: 'user', content: `${system}\n\n${first.content}` }, ...others]
    : [{ role: 'user', content: system }, ...rest];
}
