import { field, text } from '../json.ts';
import { type Ending, type Piece, Reply } from '../wire/reply.ts';
import { readUsage } from './chat-usage.ts';
import { InlineThought } from './inline-thought.ts';

/** A reply of the Chat Completions protocol. Stream and plain answer differ in the name of what holds the text: `delta` or `message`. */
export function chatReply(): Reply {
  const inline = new InlineThought();
  return new Reply((piece): Piece => {
    const choice = field(piece, 'choices', 0);
    const part = field(choice, 'delta') ?? field(choice, 'message');
    const ending = endingOf(text(field(choice, 'finish_reason')));
    const sorted = inline.take(contentOf(field(part, 'content')), ending !== undefined);
    return {
      ...sorted,
      reasoning: reasoningOf(part) + sorted.reasoning,
      refusal: text(field(part, 'refusal')),
      ending,
      usage: readUsage(field(piece, 'usage')),
    };
  });
}

/** Google says which filter behind a colon; `sensitive` is Zhipu's. */
const filtered = /^content_filter|^sensitive$/i;
/** OpenRouter's `error`, `abort` of vLLM and SGLang, DeepSeek's of its resources, Zhipu's of its network, Google's of calls to tools there are none of. */
const broken =
  /^(error|abort|insufficient_system_resource|network_error)$|malformed_function_call|unexpected_tool_call/i;

function endingOf(finish: string): Ending | undefined {
  if (finish === '') return undefined;
  if (filtered.test(finish)) return 'filtered';
  if (broken.test(finish)) return 'broken';
  return /^(length|max_tokens)$/i.test(finish) ? 'length' : 'stop';
}

/** DeepSeek, vLLM and LM Studio say `reasoning_content`; OpenRouter and newer vLLM `reasoning`; some send both alike. */
function reasoningOf(part: unknown): string {
  return text(field(part, 'reasoning_content')) || text(field(part, 'reasoning'));
}

/** Text, or as from Mistral a list of parts of which some are text. */
function contentOf(content: unknown): string {
  if (!Array.isArray(content)) return text(content);
  return content.map((part) => text(field(part, 'text'))).join('');
}
