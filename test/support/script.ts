/** What a scripted server answers, and how a script is read. Pure. */

export interface Message {
  readonly role: string;
  readonly content: unknown;
}

/** One answer. Without any field but `text` it is an ordinary reply. */
export interface Turn {
  readonly text?: string;
  readonly reasoning?: string;
  readonly finish?: string;
  /** Milliseconds between the arrival of the request's headers and the first byte of the answer. */
  readonly latencyMs?: number;
  /** Sent as it is; `null` sends none. Counted from characters when absent. */
  readonly usage?: object | null;
  /** Answer with this status and `body` (or a made up error) instead of a reply. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Instead of the reply; with status 200 as well. A string is sent as it is, anything else as JSON. */
  readonly body?: unknown;
  /** Only the first so many requests for this key and turn get `status`, `body` or `cutAfterChars`; later ones get the text. */
  readonly times?: number;
  /** Never answer. `headers`: send the status line, then nothing. */
  readonly hang?: boolean | 'headers';
  /** Destroy the connection after so many characters of the text. */
  readonly cutAfterChars?: number;
  /** Go silent after so many characters of the text. */
  readonly stallAfterChars?: number;
  /** End the stream in good order, but without a finish reason and without `[DONE]`. */
  readonly noFinish?: boolean;
  readonly html?: string;
  readonly chunkChars?: number;
  readonly chunkMs?: number;
  /** Answer a request for a stream with plain JSON. */
  readonly nonStream?: boolean;
}

/** Turns by key; the last one repeats. The key `default` answers requests without a marker. */
export type ScriptData = Readonly<Record<string, readonly (string | Turn)[]>>;

/** Data, or a function that sees the whole request. */
export type Script = ScriptData | ((request: ScriptRequest) => string | Turn);

export interface ScriptRequest {
  readonly messages: readonly Message[];
  readonly key: string;
  /** Assistant messages after the marker: 0 for the first request. */
  readonly turn: number;
  readonly params: Readonly<Record<string, string>>;
}

/** `[[script:KEY]]` or `[[script:KEY a=1 b=two]]`. */
const marker = /\[\[script:([\w.-]+)((?:\s+[\w-]+=[^\s\]]+)*)\s*\]\]/;

/** Finds the first marker outside assistant messages: what an assistant wrote may hold the markers of its sub-agents. */
export function readRequest(messages: readonly Message[]): ScriptRequest {
  for (const [at, message] of messages.entries()) {
    if (message.role === 'assistant') continue;
    const found = marker.exec(textOf(message.content));
    if (!found) continue;
    const turn = messages.slice(at).filter((later) => later.role === 'assistant').length;
    return { messages, key: found[1] ?? 'default', turn, params: paramsOf(found[2] ?? '') };
  }
  const turn = messages.filter((message) => message.role === 'assistant').length;
  return { messages, key: 'default', turn, params: {} };
}

export function chooseTurn(script: Script, request: ScriptRequest): Turn {
  const chosen = typeof script === 'function' ? script(request) : fromData(script, request);
  const turn = typeof chosen === 'string' ? { text: chosen } : chosen;
  return { ...turn, text: substitute(turn.text ?? '', { ...request.params, turn: String(request.turn) }) };
}

function fromData(script: ScriptData, { key, turn }: ScriptRequest): string | Turn {
  const turns = script[key];
  return (
    turns?.[Math.min(turn, turns.length - 1)] ?? { status: 500, body: { error: { message: `no script for ${key}` } } }
  );
}

function paramsOf(text: string): Record<string, string> {
  const pairs = text.trim().split(/\s+/).filter(Boolean);
  return Object.fromEntries(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]));
}

/** `{{a}}` → the marker's parameter a; `{{turn}}` is always there; an unknown name stays as it is. */
function substitute(text: string, params: Readonly<Record<string, string>>): string {
  return text.replace(/\{\{([\w-]+)\}\}/g, (whole, name: string) =>
    Object.hasOwn(params, name) ? (params[name] ?? whole) : whole,
  );
}

export function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  return Array.isArray(content) ? content.map((part: { text?: string }) => part.text ?? '').join('') : '';
}
