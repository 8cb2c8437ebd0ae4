import { amount, field, text } from '../json.ts';
import type { Usage } from '../model.ts';
import { type Ending, type Piece, Reply } from '../wire/reply.ts';

/** A reply of the Messages API: its stream's events, or the whole message. https://docs.claude.com/en/docs/build-with-claude/streaming */
export const messagesReply = (): Reply =>
  new Reply((piece, before): Piece | undefined => {
    switch (field(piece, 'type')) {
      case 'message_start':
        return { usage: usageOf(field(piece, 'message', 'usage'), before), early: true };
      case 'content_block_delta':
        return {
          text: text(field(piece, 'delta', 'text')),
          reasoning: text(field(piece, 'delta', 'thinking')),
        };
      case 'message_delta':
        return {
          ending: endingOf(text(field(piece, 'delta', 'stop_reason'))),
          usage: usageOf(field(piece, 'usage'), before),
        };
      case 'message':
        return wholeOf(piece);
      default:
        return undefined;
    }
  });

function wholeOf(message: unknown): Piece {
  const content = field(message, 'content');
  const parts: readonly unknown[] = Array.isArray(content) ? content : [];
  return {
    text: parts.map((part) => text(field(part, 'text'))).join(''),
    reasoning: parts.map((part) => text(field(part, 'thinking'))).join(''),
    ending: endingOf(text(field(message, 'stop_reason'))),
    usage: usageOf(field(message, 'usage'), undefined),
  };
}

function endingOf(reason: string): Ending | undefined {
  if (reason === '') return undefined;
  if (reason === 'refusal') return 'refused';
  return reason === 'max_tokens' || reason === 'model_context_window_exceeded' ? 'length' : 'stop';
}

/** `input_tokens` are only what neither came from the cache nor went into it. Later events repeat some counts and correct others. */
function usageOf(usage: unknown, before: Usage | undefined): Usage | undefined {
  const completionTokens = amount(field(usage, 'output_tokens')) ?? before?.completionTokens;
  if (completionTokens === undefined) return undefined;
  const cached = amount(field(usage, 'cache_read_input_tokens')) ?? before?.cachedTokens ?? 0;
  const written = amount(field(usage, 'cache_creation_input_tokens')) ?? before?.cacheWriteTokens ?? 0;
  const fresh = amount(field(usage, 'input_tokens'));
  const reasoningTokens = amount(field(usage, 'output_tokens_details', 'thinking_tokens')) ?? before?.reasoningTokens;
  return {
    promptTokens: fresh === undefined ? (before?.promptTokens ?? 0) : fresh + cached + written,
    completionTokens,
    cachedTokens: cached,
    cacheWriteTokens: written,
    ...(reasoningTokens !== undefined && { reasoningTokens }),
    estimated: false,
  };
}
