import type { HostCall } from '../host-call.ts';
import { parseHostCall } from '../parse-host-call.ts';
import { HostRefusal } from '../repl.ts';
import { parseJsonBytes, taggedJson } from './json-bytes.ts';
import { answer } from './wire.ts';

export type OnCall = (call: HostCall, signal: AbortSignal) => Promise<unknown>;

/** The bytes of the reply to one request from Python. Never rejects. */
export async function answerCall(
  request: Uint8Array,
  onCall: OnCall,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const parsed = parseHostCall(parseJsonBytes(request));
  if ('refused' in parsed) return taggedJson(answer.refused, parsed.refused);
  try {
    return taggedJson(answer.value, await onCall(parsed.call, signal));
  } catch (error) {
    if (error instanceof HostRefusal) return taggedJson(answer.refused, error.message);
    return taggedJson(answer.refused, `internal error: ${error instanceof Error ? error.message : String(error)}`);
  }
}
