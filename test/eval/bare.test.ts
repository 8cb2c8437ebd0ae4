import { expect, test } from 'vitest';
import { systemPrompt } from '../../src/agent/prompts.ts';
import { bareModel } from '../../src/eval/bare.ts';
import { withoutHelpers } from '../../src/eval/bare-prompt.ts';
import { profileIds } from '../../src/models/profiles/profile.ts';
import { scriptedModel } from '../support/scripted-model.ts';
import { neverAborted } from '../support/workspace.ts';

test.each(profileIds)('%s: a prompt without helpers names none of them', (profile) => {
  const prompt = systemPrompt({ role: 'root', depth: 0 }, 2, profile);
  const bare = withoutHelpers(prompt);
  expect(bare).not.toMatch(
    /\b(?:search|grep|glob|tree|outline|read|symbols|references|callers|imports|blame|log|cite)\(/,
  );
  expect(bare).not.toMatch(/\bgrep\b/);
  // All else is still said.
  for (const kept of ['files', 'llm_query', 'rlm_query'].filter((word) => prompt.includes(word)))
    expect(bare).toContain(kept);
});

test("only the system's message is changed", async () => {
  const model = scriptedModel(() => 'ok');
  const prompt = systemPrompt({ role: 'root', depth: 0 }, 1);
  const messages = [
    { role: 'system', content: prompt },
    { role: 'user', content: '- grep(x)\n- next' },
  ] as const;
  for await (const _ of bareModel(model).stream({ messages }, neverAborted()));
  expect(model.calls[0]?.[0]?.content).toBe(withoutHelpers(prompt));
  expect(model.calls[0]?.[1]).toEqual(messages[1]);
});
