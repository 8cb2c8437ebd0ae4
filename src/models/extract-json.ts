import { parseJson } from './json.ts';

/** Unbalanced openings are common in prose and code; looking after each of them costs a pass over the text. */
const maxStarts = 200;

/** The chain of thought that some local models leave in the reply; JSON in it is a draft. */
const thinking = /^\s*<think>[\s\S]*?<\/think>/;
const fence = /```[\w-]*[ \t]*\r?\n([\s\S]*?)```/g;

/**
 * JSON values in a model's reply, the likeliest first: the whole text, then fenced blocks, then the objects and lists
 * that stand in prose, in order.
 */
export function* jsonValues(reply: string): Generator<unknown> {
  const text = reply.replace(thinking, '').trim();
  const whole = parseJson(text);
  if (whole) {
    yield whole.value;
    return;
  }
  for (const [, block = ''] of text.matchAll(fence)) {
    const fenced = parseJson(block.trim());
    if (fenced) yield fenced.value;
  }
  yield* balancedValues(text);
}

function* balancedValues(text: string): Generator<unknown> {
  let at = nextOpening(text, 0);
  for (let starts = 0; at !== -1 && starts < maxStarts; starts++) {
    const end = endOfBalanced(text, at);
    const found = end === -1 ? undefined : parseJson(text.slice(at, end));
    if (found) yield found.value;
    at = nextOpening(text, found ? end : at + 1);
  }
}

function nextOpening(text: string, from: number): number {
  for (let i = from; i < text.length; i++) if (text[i] === '{' || text[i] === '[') return i;
  return -1;
}

/** Index after the bracket that closes the one at `start`, brackets inside strings not counted; -1 when none does. */
function endOfBalanced(text: string, start: number): number {
  let depth = 0;
  let inString = false;
  for (let i = start; i < text.length; i++) {
    const char = text[i];
    if (inString) {
      if (char === '\\') i++;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === '{' || char === '[') depth++;
    else if ((char === '}' || char === ']') && --depth === 0) return i + 1;
  }
  return -1;
}
