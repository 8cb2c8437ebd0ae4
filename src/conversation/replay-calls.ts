import { valueOfAnswer } from '../agent/review.ts';
import { parseReply } from '../models/schema.ts';
import type { BatchItem, HostCall, ReplySchema } from '../repl/host-call.ts';
import { HostRefusal, type ReplOptions } from '../repl/repl.ts';
import type { Snapshot } from '../workspace/snapshot.ts';
import type { PastCall, PastCell, PastReply } from './past-cells.ts';

type OnCall = ReplOptions['onCall'];

/**
 * Answers a cell that runs again: sub-agents' replies are those of then, so that no model is asked. A reply is found by its
 * task; where the task is another one now (its file changed), by its place. Everything else is looked up as ever.
 */
export function replayCalls(cell: PastCell, live: OnCall, snapshot: Snapshot): OnCall {
  let next = 0;
  return async (call, signal) => {
    if (!call.op.startsWith('llm') && !call.op.startsWith('rlm')) return live(call, signal);
    const tasks = tasksOf(call);
    // One that was refused then has left no trace.
    const at = cell.calls.findIndex(
      ({ op, count }, place) => place >= next && op === call.op && count === tasks.length,
    );
    const past = cell.calls[at];
    next = Math.max(next, at + 1);
    const items = tasks.map((task, index) => replay(past, task, index, tasks.length, call, snapshot));
    if (call.op.endsWith('batch')) return items;
    const [item] = items;
    if (item === undefined || 'error' in item) throw new HostRefusal(item?.error ?? unknownReply);
    return item.ok;
  };
}

function tasksOf(call: HostCall): readonly string[] {
  switch (call.op) {
    case 'llm_query':
      return [call.prompt];
    case 'llm_batch':
      return call.prompts;
    case 'rlm_query':
      return [call.child.task];
    case 'rlm_batch':
      return call.children.map(({ task }) => task);
    default:
      return [];
  }
}

const unknownReply = 'this call is not answered while the REPL is rebuilt: nobody had asked it then';

function replay(
  past: PastCall | undefined,
  task: string,
  index: number,
  count: number,
  call: HostCall,
  snapshot: Snapshot,
): BatchItem {
  const samePlace = past?.replies.length === count ? past.replies[index] : undefined;
  const reply = past?.replies.find((one) => one.task === task) ?? samePlace;
  if (reply === undefined) return { error: unknownReply };
  if (!reply.ok) return { error: reply.text };
  try {
    return { ok: valueOfReply(reply, 'schema' in call ? call.schema : undefined, snapshot) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

function valueOfReply({ role, text }: PastReply, schema: ReplySchema | undefined, snapshot: Snapshot): unknown {
  if (role === 'rlm') return valueOfAnswer({ outcome: 'answered', answer: text, reason: '' }, schema, snapshot);
  if (schema === undefined) return text;
  const parsed = parseReply(text, schema);
  return parsed.kind === 'ok' ? parsed.value : text;
}
