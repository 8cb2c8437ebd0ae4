import { grouped } from '../../util/grouped.ts';
import type { ModelFailure, ModelFailureKind } from '../model.ts';
import { contextLimitIn } from './context-limit.ts';
import { excerpt, redact } from './redact.ts';
import type { ServerError } from './server-error.ts';

/** Whom a request went to, as messages name it. `url` and `host` hold no credentials. */
export interface Target {
  readonly model: string;
  readonly url: string;
  readonly host: string;
  /** What holds its key, for people: `OPENAI_API_KEY`. */
  readonly keyName: string;
  /** What it is expected to speak, for people: `OpenAI-compatible`. */
  readonly speaks: string;
  readonly secrets: readonly string[];
}

/** How an attempt failed, and whether another one makes sense. `reason` is the short form that a retry shows. */
export interface Verdict {
  readonly failure: ModelFailure;
  readonly reason: string;
  readonly retry: boolean;
  readonly retryAfterMs?: number;
  /** What it says of its host: it limits the rate of requests, or it does not answer at all. */
  readonly host?: 'rate' | 'down';
  /** Tokens that a request may have at the most, where the refusal of a too long one says so. */
  readonly contextLimit?: number;
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

/** Texts of OpenAI, vLLM, SGLang, llama.cpp and Ollama, LM Studio, xAI and others, and gateways; OpenAI's rate limit for one too large request. */
const tooLong = [
  /context_length_exceeded|exceed_context_size/i,
  /(maximum|model'?s|available) context (length|size|window)/i,
  /maximum ((model|prompt|allowed|input) )+length|max_model_len/i,
  /(reached|greater than the) context (length|size|window)|too long to fit/i,
  /exceed(s|ed) (max length|model token limit)|range of input length/i,
  /prompt contains .{0,80}too large for model|maximum number of tokens allowed|must be <= ?\d{3}/i,
  /context (length|size|window).{0,60}(exceed|overflow|only|too)|exceeds?.{0,60}context/i,
  /(prompt|input|request|messages?) (is |are )?too (long|large)/i,
  /reduce the length of the/i,
  /when context the overflows/i,
];

/** Whether a refusal says that the prompt does not fit the model. */
export const isTooLong = (refusal: string): boolean => tooLong.some((pattern) => pattern.test(refusal));

const unknownModel =
  /model_not_found|model .{0,80}(not found|does not exist|not exist)|not a valid model|no such model/i;
const filtered = /content_filter|content_policy|content management policy|content filtering policy|safety system/i;
/** Nobody is there to answer, whatever is asked; 500 may be about one request. */
const downStatuses = new Set([502, 503, 504, 529]);
const outOfCredit =
  /insufficient_quota|billing_hard_limit|exceeded your current quota|insufficient (credits?|balance)|credit balance is too low/i;

/** Judges an error answer. Its own words come along, shortened, because servers differ more than any list of cases. */
export function judge(error: ServerError, target: Target): Verdict {
  const said = error.message === '' ? '' : ` It said: ${quote(target, error.message)}`;
  const status = error.status;
  const all = `${error.code} ${error.text}`;
  if (status === 401 || status === 403) return verdict(target, 'unauthorized', `${keyRefused(target, status)}${said}`);
  if (isTooLong(all) || status === 413) {
    return tooLongVerdict(target, contextLimitIn(all), said);
  }
  if (status === 404 || unknownModel.test(all)) {
    return verdict(
      target,
      'unknown-model',
      `${target.url} knows no model "${target.model}", or it is not the base URL of an ${target.speaks} server. Check both.${said}`,
    );
  }
  if (filtered.test(all))
    return verdict(target, 'refused', `${target.host} refused the request by its content filter.${said}`);
  return judgeStatus(error, target, said, outOfCredit.test(all));
}

function tooLongVerdict(target: Target, contextLimit: number | undefined, said: string): Verdict {
  const limit = contextLimit === undefined ? '' : `, which takes ${grouped(contextLimit)} tokens`;
  const judged = verdict(
    target,
    'context-length',
    `The prompt does not fit ${target.model} at ${target.host}${limit}.${said}`,
  );
  return contextLimit === undefined ? judged : { ...judged, contextLimit };
}

function keyRefused({ host, keyName, model }: Target, status: 401 | 403): string {
  if (status === 401) return `${host} refused the API key (401). Check ${keyName} and that it belongs to ${host}.`;
  return `${host} refused the API key (403): it may not use ${model} there. Check ${keyName} and what its account may use.`;
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
    return { ...verdict(target, 'rate-limited', message, 'rate limited (429)'), ...again, host: 'rate' };
  }
  if (status === undefined || status === 408 || status >= 500) {
    const name = status === undefined ? 'an error' : `error ${status}`;
    const message = `${target.host} answered with ${name}. Try again later, or another model.${said}`;
    const judged = { ...verdict(target, 'server', message, `server ${name}`), ...again };
    return downStatuses.has(status ?? 0) ? { ...judged, host: 'down' } : judged;
  }
  return verdict(target, 'bad-response', `${target.url} refused the request (${status}).${said}`);
}
