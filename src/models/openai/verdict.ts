import type { ModelFailure, ModelFailureKind } from '../model.ts';
import { excerpt, redact } from './redact.ts';
import type { ServerError } from './server-error.ts';

/** Whom a request went to, as messages name it. `url` and `host` hold no credentials. */
export interface Target {
  readonly model: string;
  readonly url: string;
  readonly host: string;
  readonly secrets: readonly string[];
}

/** How an attempt failed, and whether another one makes sense. `reason` is the short form that a retry shows. */
export interface Verdict {
  readonly failure: ModelFailure;
  readonly reason: string;
  readonly retry: boolean;
  readonly retryAfterMs?: number;
}

/** The one way to make a verdict: nothing leaves it with a key in it. */
export function verdict(target: Target, kind: ModelFailureKind, message: string, retryReason?: string): Verdict {
  const clean = (text: string): string => redact(text, target.secrets);
  return {
    failure: { kind, message: clean(message) },
    reason: clean(retryReason ?? message),
    retry: retryReason !== undefined,
  };
}

export const quote = (target: Target, text: string): string => excerpt(redact(text, target.secrets));

/** Texts of OpenAI, vLLM, SGLang, llama.cpp and Ollama, LM Studio, and gateways; OpenAI's rate limit for one too large request. */
const tooLong = [
  /context_length_exceeded|exceed_context_size/i,
  /(maximum|model'?s|available) context (length|size|window)/i,
  /context (length|size|window).{0,60}(exceed|overflow|only|too)|exceeds?.{0,60}context/i,
  /(prompt|input|request|messages?) (is |are )?too (long|large)/i,
  /reduce the length of the/i,
  /when context the overflows/i,
];
const unknownModel =
  /model_not_found|model .{0,80}(not found|does not exist|not exist)|not a valid model|no such model/i;
const filtered = /content_filter|content_policy|content management policy|safety system/i;
const outOfCredit =
  /insufficient_quota|billing_hard_limit|exceeded your current quota|insufficient (credits?|balance)/i;

/** Judges an error answer. Its own words come along, shortened, because servers differ more than any list of cases. */
export function judge(error: ServerError, target: Target): Verdict {
  const said = error.message === '' ? '' : ` It said: ${quote(target, error.message)}`;
  const status = error.status;
  const all = `${error.code} ${error.text}`;
  if (status === 401 || status === 403) {
    return verdict(
      target,
      'unauthorized',
      `${target.host} refused the API key (${status}). Check OPENAI_API_KEY and that it belongs to ${target.host}.${said}`,
    );
  }
  if (tooLong.some((pattern) => pattern.test(all)) || status === 413) {
    return verdict(target, 'context-length', `The prompt does not fit ${target.model} at ${target.host}.${said}`);
  }
  if (status === 404 || unknownModel.test(all)) {
    return verdict(
      target,
      'unknown-model',
      `${target.url} knows no model "${target.model}", or it is not the base URL of an OpenAI-compatible server. Check both.${said}`,
    );
  }
  if (filtered.test(all))
    return verdict(target, 'refused', `${target.host} refused the request by its content filter.${said}`);
  return judgeStatus(error, target, said, outOfCredit.test(all));
}

function judgeStatus(error: ServerError, target: Target, said: string, noCredit: boolean): Verdict {
  const { status } = error;
  if (status === 402 || noCredit) {
    return verdict(
      target,
      'rate-limited',
      `The account at ${target.host} has no credit left. Add some, or use another key.${said}`,
    );
  }
  const again = error.retryAfterMs === undefined ? {} : { retryAfterMs: error.retryAfterMs };
  if (status === 429) {
    const message = `${target.host} limits the rate of requests (429). Wait, or lower the number of concurrent requests.${said}`;
    return { ...verdict(target, 'rate-limited', message, 'rate limited (429)'), ...again };
  }
  if (status === undefined || status === 408 || status >= 500) {
    const name = status === undefined ? 'an error' : `error ${status}`;
    const message = `${target.host} answered with ${name}. Try again later, or another model.${said}`;
    return { ...verdict(target, 'server', message, `server ${name}`), ...again };
  }
  return verdict(target, 'bad-response', `${target.url} refused the request (${status}).${said}`);
}
