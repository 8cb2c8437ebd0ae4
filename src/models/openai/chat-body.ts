import type { Message, ModelRequest } from '../model.ts';
import type { Dialect, Effort } from '../wire/dialect.ts';

export interface ChatBody {
  readonly model: string;
  readonly messages: Message[];
  readonly stream: boolean;
  readonly stream_options?: { readonly include_usage: boolean };
  readonly max_completion_tokens?: number;
  readonly max_tokens?: number;
  readonly reasoning_effort?: Effort;
  /** OpenRouter's: https://openrouter.ai/docs/use-cases/usage-accounting */
  readonly usage?: { readonly include: boolean };
}

/**
 * Temperature and the like are left to the server: several models refuse any value but their own. Mistral and Moonshot refuse
 * an empty message, as a reply is that was all reasoning: https://github.com/OpenHands/OpenHands/issues/8685
 */
export function chatBody(model: string, request: ModelRequest, dialect: Dialect): ChatBody {
  const limit = request.maxOutputTokens;
  return {
    model,
    messages: (dialect.systemRole ? request.messages : withoutSystemRole(request.messages)).map(
      ({ role, content }) => ({
        role,
        content: content.trim() === '' ? '(empty)' : content,
      }),
    ),
    stream: dialect.stream,
    ...(dialect.stream && dialect.streamUsage && { stream_options: { include_usage: true } }),
    ...(limit !== undefined && dialect.outputLimit !== 'none' && { [dialect.outputLimit]: limit }),
    ...(dialect.effort !== undefined && { reasoning_effort: dialect.effort }),
    ...(dialect.askForCost && { usage: { include: true } }),
  };
}

/** The turns of such models alternate, so the system's text and the user's are one message. */
function withoutSystemRole(messages: readonly Message[]): readonly Message[] {
  const [system, first, ...others] = messages;
  if (system?.role !== 'system') return messages;
  if (first?.role !== 'user') return [{ role: 'user', content: system.content }, ...messages.slice(1)];
  return [{ role: 'user', content: `${system.content}\n\n${first.content}` }, ...others];
}
