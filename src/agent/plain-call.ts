import type { Message } from '../models/model.ts';
import { parseReply, schemaInstruction } from '../models/schema.ts';
import type { ReplySchema } from '../repl/host-call.ts';
import { HostRefusal } from '../repl/repl.ts';
import { callModel } from './model-call.ts';
import { readerPrompt } from './prompts.ts';
import { type Agent, type RunContext, stopReasonOf } from './run-context.ts';

/**
 * One sub-agent without a REPL: a prompt, a reply; with a schema, the parsed value, asked for once more on a mismatch.
 * @throws HostRefusal with a sentence for the calling model.
 */
export async function runPlainCall(run: RunContext, agent: Agent, schema: ReplySchema | undefined): Promise<unknown> {
  const prompt = schema === undefined ? agent.task : `${agent.task}\n\n${schemaInstruction(schema)}`;
  const messages: Message[] = [
    { role: 'system', content: readerPrompt },
    { role: 'user', content: prompt },
  ];
  for (let turn = 1; ; turn++) {
    const text = await reply(run, agent, messages, turn);
    if (schema === undefined) return text;
    const parsed = parseReply(text, schema);
    if (parsed.kind === 'ok') return parsed.value;
    if (turn === 2) throw new HostRefusal(`the sub-agent's reply did not match the schema, twice: ${parsed.problem}`);
    const nudge = `Your reply does not match the schema: ${parsed.problem}\nReply again with the corrected JSON only.`;
    run.emit(agent, { type: 'nudge', reason: 'schema', text: nudge });
    messages.push({ role: 'assistant', content: text }, { role: 'user', content: nudge });
  }
}

async function reply(run: RunContext, agent: Agent, messages: readonly Message[], turn: number): Promise<string> {
  // The first turn's request was all but the nudge and the reply it is about.
  const previous = turn === 1 ? {} : { previous: messages.slice(0, -2) };
  const answer = await callModel(run, agent, { messages: [...messages], turn, purpose: 'work', ...previous });
  switch (answer.kind) {
    case 'reply':
      return answer.finish === 'length' ? `${answer.text}\n[cut off at the reply's length limit]` : answer.text;
    case 'refused':
      throw new HostRefusal(answer.reason);
    case 'failed':
      if (agent.signal.aborted) throw stopReasonOf(agent.signal);
      if (answer.failure.kind === 'context-length') throw new HostRefusal(answer.failure.message);
      throw new HostRefusal(`the sub-agent's model call failed: ${answer.failure.message}`);
  }
}
