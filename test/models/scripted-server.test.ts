import { expect, it } from 'vitest';
import { readRequest } from '../support/script.ts';
import { startScriptedServer } from '../support/scripted-server.ts';
import { ask, modelOf, serve } from './openai-harness.ts';

it('reads the first marker outside assistant messages, and counts turns after it', () => {
  const messages = [
    { role: 'system', content: 'no marker' },
    { role: 'assistant', content: '[[script:decoy]]' },
    { role: 'user', content: 'Do [[script:leaf id=7 name=two]] and [[script:other]]' },
    { role: 'assistant', content: 'one' },
    { role: 'user', content: 'go on' },
  ];
  expect(readRequest(messages)).toMatchObject({ key: 'leaf', turn: 1, params: { id: '7', name: 'two' } });
  expect(readRequest(messages.slice(3))).toMatchObject({ key: 'default', turn: 1, params: {} });
});

it('answers by key and turn, with parameters put in, the last turn repeating', async () => {
  const server = await serve({ leaf: ['leaf-{{id}} {{turn}} {{what}}', 'again {{id}}'], default: ['plain'] });
  const { model } = modelOf(server);
  const say = async (...assistant: string[]) => {
    const replies = assistant.map((content) => ({ role: 'assistant', content }) as const);
    return (await ask(model, { messages: [{ role: 'user', content: '[[script:leaf id=4]]' }, ...replies] })).text;
  };
  expect(await say()).toBe('leaf-4 0 {{what}}');
  expect(await say('a')).toBe('again 4');
  expect(await say('a', 'b', 'c')).toBe('again 4');
  expect((await ask(model)).text).toBe('plain');
});

it('answers a key that the script lacks with an error that names it', async () => {
  const { model } = modelOf(await serve({}), { retry: { maxAttempts: 1 } });
  expect((await ask(model)).end).toMatchObject({
    failure: { message: expect.stringContaining('no script for default') },
  });
});

it('carries a thousand requests at once', async () => {
  const server = await startScriptedServer({ script: { default: ['ok'] }, latencyMs: 1500 });
  try {
    const { model } = modelOf(server);
    const replies = await Promise.all(Array.from({ length: 1000 }, () => ask(model)));
    expect(replies.filter((reply) => reply.text === 'ok')).toHaveLength(1000);
    expect(server.stats).toMatchObject({ calls: 1000, inFlight: 0, aborted: 0 });
    expect(server.stats.maxInFlight).toBeGreaterThan(500);
    expect(server.stats.maxPromptBytes).toBeGreaterThan(50);
  } finally {
    await server.close();
  }
});
