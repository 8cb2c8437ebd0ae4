import { expect, it, vi } from 'vitest';
import { ask, hello, serveTurns } from './openai-harness.ts';

it('loads the SDK at the first request, not before', async () => {
  let loads = 0;
  vi.resetModules();
  vi.doMock('openai', async (original) => {
    loads++;
    return await original();
  });
  const { createModel } = await import('../../src/models/node/create-model.ts');
  const server = await serveTurns('ok');
  const created = createModel('m', { baseUrl: server.url, offline: () => expect.fail('not offline') });
  if (created.kind !== 'ok') return expect.fail(created.problem);
  for await (const _ of created.model.stream(hello, AbortSignal.abort())) expect(loads).toBe(0);
  expect(loads).toBe(0);
  expect((await ask(created.model)).text).toBe('ok');
  expect(loads).toBe(1);
});
