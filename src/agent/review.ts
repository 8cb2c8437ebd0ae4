import { verifyCitations } from '../citations/verify.ts';
import { parseReply } from '../models/schema.ts';
import type { ReplySchema } from '../repl/host-call.ts';
import { HostRefusal } from '../repl/repl.ts';
import type { Snapshot } from '../workspace/snapshot.ts';
import { citationNudge } from './prompts.ts';
import { type AgentResult, type AnswerReview, StopReason } from './run-context.ts';

/** The root's answer must cite, and what it cites must be there. */
export function reviewRootAnswer(snapshot: Snapshot): AnswerReview {
  return (answer) => {
    const { citations } = verifyCitations(answer, snapshot);
    const sound = citations.length > 0 && citations.every((citation) => citation.status !== 'unverified');
    return sound ? undefined : { reason: 'citations', text: citationNudge(citations) };
  };
}

/** A child may answer without citations; those it makes must be there, and a schema must be met. */
export function reviewChildAnswer(snapshot: Snapshot, schema: ReplySchema | undefined): AnswerReview {
  return (answer) => {
    if (schema !== undefined) {
      const parsed = parseReply(answer, schema);
      if (parsed.kind === 'ok') return undefined;
      return {
        reason: 'schema',
        text: `Your answer does not match the schema you were given: ${parsed.problem}\nSet a corrected answer.`,
      };
    }
    const { citations } = verifyCitations(answer, snapshot);
    const wrong = citations.some((citation) => citation.status === 'unverified');
    return wrong ? { reason: 'citations', text: citationNudge(citations) } : undefined;
  };
}

/**
 * What the parent's Python gets for a child's result: parsed when a schema was asked for; otherwise the answer with its
 * moved citations corrected, marked when partial or when it cites what is not there.
 * @throws HostRefusal when there is no usable answer.
 */
export function valueOfAnswer(result: AgentResult, schema: ReplySchema | undefined, snapshot: Snapshot): unknown {
  if (result.outcome === 'failed') throw new HostRefusal(`the sub-agent failed: ${result.reason}`);
  if (result.outcome === 'cancelled') throw new StopReason('stopped', result.reason);
  if (schema !== undefined) {
    const parsed = parseReply(result.answer, schema);
    if (parsed.kind === 'ok') return parsed.value;
    throw new HostRefusal(`the sub-agent's answer did not match the schema: ${parsed.problem}`);
  }
  const { answer, citations } = verifyCitations(result.answer, snapshot);
  const wrong = citations.filter((citation) => citation.status === 'unverified').length;
  const notes = [
    ...(result.outcome === 'exhausted' ? [`[host: partial, ${result.reason}]`] : []),
    ...(wrong > 0 ? [`[host: ${wrong} of ${citations.length} citations in this answer could not be verified]`] : []),
  ];
  return [answer, ...notes].join('\n');
}
