import { amount, field, text } from '../json.ts';
import type { Usage } from '../model.ts';
import { type Ending, type Piece, Reply } from '../wire/reply.ts';

/** A reply of the Responses API: its stream's events, or the whole response. https://platform.openai.com/docs/api-reference/responses-streaming */
export const responsesReply = (): Reply =>
  new Reply((piece): Piece | undefined => {
    switch (text(field(piece, 'type'))) {
      case 'response.output_text.delta':
        return { text: text(field(piece, 'delta')) };
      case 'response.reasoning_summary_text.delta':
      case 'response.reasoning_text.delta':
        return { reasoning: text(field(piece, 'delta')) };
      case 'response.refusal.delta':
        return { refusal: text(field(piece, 'delta')) };
      case 'response.completed':
      case 'response.incomplete':
        return endOf(field(piece, 'response'));
      case '':
        return field(piece, 'object') === 'response' ? wholeOf(piece) : undefined;
      default:
        return undefined;
    }
  });

const endOf = (response: unknown): Piece => ({ ending: endingOf(response), usage: usageOf(field(response, 'usage')) });

function wholeOf(response: unknown): Piece {
  const items = listOf(field(response, 'output'));
  const parts = items.flatMap((item) => listOf(field(item, 'content')));
  const summaries = items.flatMap((item) => listOf(field(item, 'summary')));
  const join = (of: readonly unknown[], type: string, name: string): string =>
    of.map((part) => (field(part, 'type') === type ? text(field(part, name)) : '')).join('');
  return {
    ...endOf(response),
    text: join(parts, 'output_text', 'text'),
    refusal: join(parts, 'refusal', 'refusal'),
    reasoning: join(summaries, 'summary_text', 'text'),
  };
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function endingOf(response: unknown): Ending | undefined {
  const status = field(response, 'status');
  if (status === 'completed') return 'stop';
  if (status === 'failed' || status === 'cancelled') return 'broken';
  if (status !== 'incomplete') return undefined;
  return field(response, 'incomplete_details', 'reason') === 'content_filter' ? 'filtered' : 'length';
}

function usageOf(usage: unknown): Usage | undefined {
  const promptTokens = amount(field(usage, 'input_tokens'));
  const completionTokens = amount(field(usage, 'output_tokens'));
  if (promptTokens === undefined || completionTokens === undefined) return undefined;
  const reasoningTokens = amount(field(usage, 'output_tokens_details', 'reasoning_tokens'));
  return {
    promptTokens,
    completionTokens,
    cachedTokens: Math.min(promptTokens, amount(field(usage, 'input_tokens_details', 'cached_tokens')) ?? 0),
    ...(reasoningTokens !== undefined && { reasoningTokens }),
    estimated: false,
  };
}
