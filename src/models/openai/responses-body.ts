import type { ModelRequest } from '../model.ts';
import type { Dialect, Effort } from '../wire/dialect.ts';

export interface ResponsesBody {
  readonly model: string;
  readonly input: { readonly role: 'user' | 'assistant'; readonly content: string }[];
  readonly instructions?: string;
  readonly stream: boolean;
  /** False: the provider does not keep the conversation. */
  readonly store: false;
  readonly max_output_tokens?: number;
  readonly reasoning?: { readonly effort: Effort };
}

/** https://platform.openai.com/docs/api-reference/responses/create; the whole conversation goes along each time, as in chat. */
export function responsesBody(model: string, request: ModelRequest, dialect: Dialect): ResponsesBody {
  const instructions = request.messages
    .flatMap(({ role, content }) => (role === 'system' ? [content] : []))
    .join('\n\n');
  const limit = request.maxOutputTokens;
  return {
    model,
    input: request.messages.flatMap(({ role, content }) => (role === 'system' ? [] : [{ role, content }])),
    ...(instructions !== '' && { instructions }),
    stream: dialect.stream,
    store: false,
    ...(limit !== undefined && dialect.outputLimit !== 'none' && { max_output_tokens: limit }),
    ...(dialect.effort !== undefined && { reasoning: { effort: dialect.effort } }),
  };
}
