import type { Protocol, Quirks } from '../providers/preset.ts';

/** How much a reasoning model should think: https://platform.openai.com/docs/guides/reasoning */
export type Effort = 'minimal' | 'low' | 'medium' | 'high';

export const efforts: readonly Effort[] = ['minimal', 'low', 'medium', 'high'];

/** How much of a protocol a server has been found to understand. It only ever shrinks. */
export interface Dialect {
  readonly protocol: Protocol;
  readonly stream: boolean;
  /** Ask for usage at the end of a stream. */
  readonly streamUsage: boolean;
  /** OpenAI's newer models refuse `max_tokens`; many other servers know only that. */
  readonly outputLimit: 'max_completion_tokens' | 'max_tokens' | 'none';
  readonly effort: Effort | undefined;
  readonly askForCost: boolean;
  /** Without it, what the system says stands at the head of the first user message. Chat only. */
  readonly systemRole: boolean;
}

/** What to speak at first. */
export function firstDialect(model: string, protocol: Protocol, quirks: Quirks, effort: Effort | undefined): Dialect {
  const { outputLimit = 'max_completion_tokens', streamUsage = true, askForCost = false, responsesOnly } = quirks;
  const first = protocol === 'chat' && responsesOnly?.test(model.toLowerCase()) ? 'responses' : protocol;
  return { protocol: first, stream: true, streamUsage, outputLimit, effort, askForCost, systemRole: true };
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
/** OpenAI's answer to a chat with one of its models that speak only the other API. */
const onlyResponses =
  /only (supported|available) (in|with|through|via) (the )?\/?(v1\/)?responses|use the responses api/i;
/** Chat templates of Gemma 1 and 2: https://github.com/huggingface/chat-ui/issues/1386; OpenAI's of o1-mini. */
const noSystemRole = /\bsystem\W+(role|messages?)\W.{0,20}(not|n't|un)\s?support|(not|n't) support\W+system\b/i;

/**
 * What to speak after a server refused a request; `undefined` when the refusal is about something else. An error that
 * names nothing we can leave out never changes the dialect.
 */
export function simplerDialect(dialect: Dialect, error: FormError): Dialect | undefined {
  const { status } = error;
  if (dialect.protocol === 'chat' && (status === 400 || status === 404) && onlyResponses.test(error.text))
    return { ...dialect, protocol: 'responses' };
  if (status !== 400 && status !== 422 && status !== 501) return undefined;
  const names = (field: string): boolean => error.param === field || error.text.includes(field);
  if (dialect.stream && dialect.streamUsage && names('stream_options')) return { ...dialect, streamUsage: false };
  if (dialect.effort !== undefined && ['reasoning_effort', 'reasoning.effort', 'output_config'].some(names))
    return { ...dialect, effort: undefined };
  const limit = dialect.protocol === 'responses' ? 'max_output_tokens' : dialect.outputLimit;
  if (dialect.protocol !== 'anthropic' && dialect.outputLimit !== 'none' && names(limit)) {
    const shorter = dialect.protocol === 'chat' && dialect.outputLimit === 'max_completion_tokens';
    return { ...dialect, outputLimit: shorter ? 'max_tokens' : 'none' };
  }
  if (dialect.protocol === 'chat' && dialect.systemRole && noSystemRole.test(error.text))
    return { ...dialect, systemRole: false };
  if (dialect.stream && (error.param === 'stream' || noStreaming.test(error.text)))
    return { ...dialect, stream: false };
  return undefined;
}
