import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Message, type Turn, textOf } from './script.ts';

export interface ChatRequestBody {
  readonly model?: string;
  readonly messages: readonly Message[];
  readonly stream?: boolean;
  readonly stream_options?: { readonly include_usage?: boolean };
}

/** Writes one scripted answer. Resolves when it is written, or when the client has gone away. */
export async function answer(response: ServerResponse, body: ChatRequestBody, turn: Turn, id: string): Promise<void> {
  if (turn.hang === true) return untilClosed(response);
  if (turn.html !== undefined) return send(response, 200, 'text/html', turn.html, turn.headers);
  if (turn.status !== undefined || turn.body !== undefined) return sendBody(response, turn);
  if (!body.stream || turn.nonStream) return sendCompletion(response, body, turn, id);
  return streamChunks(response, body, turn, id);
}

function sendBody(response: ServerResponse, turn: Turn): void {
  const status = turn.status ?? 200;
  const body = turn.body ?? { error: { message: `scripted ${status}`, type: 'scripted' } };
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  send(response, status, 'application/json', text, turn.headers);
}

function sendCompletion(response: ServerResponse, body: ChatRequestBody, turn: Turn, id: string): void {
  const message = {
    role: 'assistant',
    content: turn.text,
    ...(turn.reasoning !== undefined && { reasoning_content: turn.reasoning }),
  };
  const choices = [{ index: 0, message, finish_reason: turn.finish ?? 'stop' }];
  const usage = usageOf(body, turn);
  const reply = { id, object: 'chat.completion', model: body.model, choices, ...(usage && { usage }) };
  send(response, 200, 'application/json', JSON.stringify(reply), turn.headers);
}

async function streamChunks(response: ServerResponse, body: ChatRequestBody, turn: Turn, id: string): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream', ...turn.headers });
  response.flushHeaders();
  if (turn.hang === 'headers') return untilClosed(response);
  const base = { id, object: 'chat.completion.chunk', model: body.model };
  const emit = (delta: object, finish: string | null): void => {
    const choices = [{ index: 0, delta, finish_reason: finish }];
    response.write(`data: ${JSON.stringify({ ...base, choices })}\n\n`);
  };
  emit({ role: 'assistant', content: '' }, null);
  for (const piece of pieces(turn.reasoning ?? '', turn)) emit({ reasoning_content: piece }, null);
  const stop = turn.cutAfterChars ?? turn.stallAfterChars;
  for (const piece of pieces((turn.text ?? '').slice(0, stop), turn)) {
    if (response.destroyed) return;
    emit({ content: piece }, null);
    if (turn.chunkMs) await sleep(turn.chunkMs);
  }
  if (turn.stallAfterChars !== undefined) return untilClosed(response);
  if (turn.cutAfterChars !== undefined) return cut(response);
  if (turn.noFinish) return void response.end();
  emit({}, turn.finish ?? 'stop');
  const usage = usageOf(body, turn);
  if (usage && body.stream_options?.include_usage) {
    response.write(`data: ${JSON.stringify({ ...base, choices: [], usage })}\n\n`);
  }
  response.end('data: [DONE]\n\n');
}

/** Lets what was written reach the client before the connection breaks. */
async function cut(response: ServerResponse): Promise<void> {
  await sleep(20);
  response.destroy();
}

/** By characters, never between the halves of a pair: JSON could not carry them apart. */
function pieces(text: string, turn: Turn): string[] {
  const characters = [...text];
  const size = turn.chunkChars ?? 24;
  return Array.from({ length: Math.ceil(characters.length / size) }, (_, i) =>
    characters.slice(i * size, (i + 1) * size).join(''),
  );
}

function usageOf(body: ChatRequestBody, turn: Turn): object | undefined {
  if (turn.usage !== undefined) return turn.usage ?? undefined;
  const count = (text: string): number => Math.ceil(text.length / 4);
  const prompt = count(body.messages.map((message) => textOf(message.content)).join(''));
  const completion = count((turn.reasoning ?? '') + (turn.text ?? ''));
  return { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion };
}

export function send(
  response: ServerResponse,
  status: number,
  type: string,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(text), ...headers });
  response.end(text);
}

function untilClosed(response: ServerResponse): Promise<void> {
  if (response.destroyed) return Promise.resolve();
  return new Promise((resolve) => response.once('close', resolve));
}
