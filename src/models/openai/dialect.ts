import type { Message, ModelRequest } from '../model.ts';

/** How much of the protocol a server has been found to understand. It only ever shrinks. */
export interface Dialect {
  readonly stream: boolean;
  /** Ask for usage at the end of a stream. */
  readonly streamUsage: boolean;
  /** OpenAI's newer models refuse `max_tokens`; many other servers know only that. */
  readonly outputLimit: 'max_completion_tokens' | 'max_tokens' | 'none';
}

export const fullDialect: Dialect = { stream: true, streamUsage: true, outputLimit: 'max_completion_tokens' };

export interface ChatBody {
  readonly model: string;
  readonly messages: Message[];
  readonly stream: boolean;
  readonly stream_options?: { readonly include_usage: boolean };
  readonly max_completion_tokens?: number;
  readonly max_tokens?: number;
}

/** Temperature and the like are left to the server: several models refuse any value but their own. */
export function chatBody(model: string, request: ModelRequest, dialect: Dialect): ChatBody {
  const limit = request.maxOutputTokens;
  return {
    model,
    messages: request.messages.map(({ role, content }) => ({ role, content })),
    stream: dialect.stream,
    ...(dialect.stream && dialect.streamUsage && { stream_options: { include_usage: true } }),
    ...(limit !== undefined && dialect.outputLimit !== 'none' && { [dialect.outputLimit]: limit }),
  };
}

/** An error answer about the request's form: its status, the parameter it names ('' when none) and all of its text. */
export interface FormError {
  readonly status: number | undefined;
  readonly param: string;
  readonly text: string;
}

/** `stream` is an ordinary word: only a sentence that says it is not supported counts. */
const noStreaming =
  /\bstream(ing)?\b.{0,40}(not|n't|un)\s?(support|allow|available|implement)|(not|n't) support\w* stream/i;

/**
 * What to speak after a server refused a request; `undefined` when the refusal is about something else. An error that
 * names nothing we can leave out never changes the dialect.
 */
export function simplerDialect(dialect: Dialect, error: FormError): Dialect | undefined {
  if (error.status !== 400 && error.status !== 422 && error.status !== 501) return undefined;
  const names = (field: string): boolean => error.param === field || error.text.includes(field);
  if (dialect.stream && dialect.streamUsage && names('stream_options')) return { ...dialect, streamUsage: false };
  if (dialect.outputLimit !== 'none' && names(dialect.outputLimit)) {
    return { ...dialect, outputLimit: dialect.outputLimit === 'max_completion_tokens' ? 'max_tokens' : 'none' };
  }
  if (dialect.stream && (error.param === 'stream' || noStreaming.test(error.text)))
    return { ...dialect, stream: false };
  return undefined;
}
