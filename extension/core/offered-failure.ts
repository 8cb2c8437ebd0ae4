import type { ModelFailure, ModelFailureKind } from '../../src/models/model.ts';
import { excerpt, redact } from '../../src/models/wire/redact.ts';
import { isTooLong } from '../../src/models/wire/verdict.ts';

/** An error of `vscode.lm` as far as it tells. `code` is a `LanguageModelError`'s. */
interface Told {
  readonly code: string;
  readonly text: string;
}

/** What VS Code threw, as a state of the model with what to do. `title` names the model. */
export function offeredFailure(title: string, error: unknown): ModelFailure {
  const told = read(error);
  const said = told.text === '' ? '' : ` It said: ${excerpt(redact(told.text, []))}`;
  const failure = (kind: ModelFailureKind, message: string): ModelFailure => ({ kind, message: `${message}${said}` });
  if (told.code === 'NoPermissions') return failure('unauthorized', noPermission(title));
  if (told.code === 'NotFound') return failure('unknown-model', gone(title));
  if (quota.test(told.text)) {
    return failure('rate-limited', `Your quota for ${title} is used up for now. Wait, or choose another model.`);
  }
  if (told.code === 'Blocked') {
    return failure('refused', `The provider of ${title} blocked the request. Choose another model.`);
  }
  if (isTooLong(told.text)) return failure('context-length', `The prompt does not fit ${title}.`);
  if (filtered.test(told.text)) {
    return failure('refused', `${title} refused the request by its content filter. Choose another model.`);
  }
  if (network.test(told.text)) {
    return failure('unreachable', `VS Code cannot reach ${title}. Check the connection and retry.`);
  }
  if (signIn.test(told.text)) {
    return failure('unauthorized', `${title} asks you to sign in. Do that in VS Code's Accounts menu and retry.`);
  }
  return failure('server', `${title} failed in VS Code. Retry, or choose another model.`);
}

export const goneFailure = (title: string): ModelFailure => ({ kind: 'unknown-model', message: gone(title) });

/** Nothing, not even an error. */
export const brokenOff = (title: string): ModelFailure => ({
  kind: 'bad-response',
  message: `${title} ended without a word. Retry, or choose another model.`,
});

export const silentFailure = (title: string, ms: number): ModelFailure => ({
  kind: 'unreachable',
  message: `${title} said nothing for ${Math.round(ms / 1000)} s. Retry, or choose another model.`,
});

const gone = (title: string) =>
  `VS Code does not offer ${title} any more. See that its extension is enabled and signed in, or choose another model.`;

const noPermission = (title: string) =>
  `Ask Codebase may not use ${title}. Retry and choose Allow, or allow it with the command "Manage Language Model Access" of VS Code; or choose another model.`;

/** Copilot and others have no code for these; their words come as `Blocked` or as an unknown error. */
const quota =
  /quota|rate.?limit|too many requests|\b429\b|premium requests?|allowance|limit (?:is |was )?(?:reached|exceeded)/i;
const filtered = /content.?filter|responsible ai|off_topic|filtered/i;
const network = /ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|fetch failed|net::ERR|network|socket hang up/i;
const signIn = /sign(?:ed)? ?in|log ?in|unauthori[sz]ed|\b401\b/i;

function read(error: unknown): Told {
  if (!(error instanceof Error)) return { code: '', text: String(error) };
  const cause = error.cause instanceof Error ? error.cause.message : '';
  const text = [error.message, cause].filter((part, i, all) => part !== '' && all.indexOf(part) === i).join(' ');
  return { code: 'code' in error && typeof error.code === 'string' ? error.code : '', text };
}
