import type { ModelRequest } from '../model.ts';
import type { Dialect } from '../wire/dialect.ts';

interface Block {
  type: 'text';
  text: string;
  cache_control?: { type: 'ephemeral' };
}

export interface MessagesBody {
  model: string;
  max_tokens: number;
  system?: Block[];
  messages: { role: 'user' | 'assistant'; content: Block[] }[];
  stream: boolean;
  output_config?: { effort: 'low' | 'medium' | 'high' };
}

/** The protocol wants a limit; this is asked for when the caller has none. */
const defaultMaxTokens = 8192;

/**
 * https://docs.claude.com/en/api/messages. Two marks say what to keep in the provider's cache: the system prompt, and the
 * conversation up to the last user message, which the next turn begins with again.
 */
export function messagesBody(model: string, request: ModelRequest, dialect: Dialect): MessagesBody {
  const system = request.messages.filter(({ role }) => role === 'system').map(({ content }) => content);
  const talk = request.messages.flatMap(({ role, content }) => (role === 'system' ? [] : [{ role, content }]));
  const last = talk.findLastIndex(({ role }) => role === 'user');
  return {
    model,
    max_tokens: request.maxOutputTokens ?? defaultMaxTokens,
    ...(system.length > 0 && { system: [block(system.join('\n\n'), true)] }),
    messages: talk.map(({ role, content }, at) => ({ role, content: [block(content, at === last)] })),
    stream: dialect.stream,
    ...(dialect.effort && { output_config: { effort: dialect.effort === 'minimal' ? 'low' : dialect.effort } }),
  };
}

/** The protocol refuses empty text, and an assistant's that ends in blanks where it is the last. */
const block = (text: string, cached: boolean): Block => ({
  type: 'text',
  text: text.trimEnd() === '' ? '(empty)' : text,
  ...(cached && { cache_control: { type: 'ephemeral' } }),
});
