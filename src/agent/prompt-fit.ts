import type { LanguageModel, Message } from '../models/model.ts';
import { estimateTokens } from '../models/tokens.ts';
import type { RequestChange } from '../runs/events.ts';
import { grouped } from '../util/grouped.ts';

export const charsOf = (messages: readonly Message[]): number =>
  messages.reduce((sum, message) => sum + message.content.length, 0);

/** An estimate, with what the protocol adds to each message. */
export const promptTokensOf = (messages: readonly Message[]): number =>
  messages.reduce((sum, message) => sum + estimateTokens(message.content) + 4, 0);

/** Why a prompt cannot be sent to a model whose window is known, with the numbers, for the model that wrote it; `undefined` when it can. */
export function tooLongFor(model: LanguageModel, messages: readonly Message[]): string | undefined {
  const { contextTokens } = model;
  const tokens = promptTokensOf(messages);
  if (contextTokens === undefined || tokens <= contextTokens) return undefined;
  const chars = charsOf(messages);
  const fitting = Math.floor(((chars * contextTokens) / tokens) * 0.9);
  return `the prompt has about ${grouped(tokens)} tokens (${grouped(chars)} characters), but ${model.spec} takes ${grouped(contextTokens)}, so it was not sent; send parts of at most ${grouped(fitting)} characters`;
}

/** Characters at the beginning of a request that are exactly those of the one before it: what a provider can read from its cache. */
export function unchangedChars(before: readonly Message[], messages: readonly Message[]): number {
  let chars = 0;
  for (const [at, message] of messages.entries()) {
    const { role, content = '' } = before[at] ?? {};
    if (role !== message.role) return chars;
    if (content === message.content) chars += content.length;
    else return chars + commonPrefix(content, message.content);
  }
  return chars;
}

/** A request as what is new in it, for the log. */
export function changeOf(before: readonly Message[], messages: readonly Message[]): RequestChange {
  const same = messages.findIndex(
    ({ role, content }, at) => before[at]?.role !== role || before[at]?.content !== content,
  );
  const keep = same < 0 ? messages.length : same;
  return { keep, add: messages.slice(keep) };
}

function commonPrefix(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  for (let at = 0; at < most; at++) if (a.charCodeAt(at) !== b.charCodeAt(at)) return at;
  return most;
}
