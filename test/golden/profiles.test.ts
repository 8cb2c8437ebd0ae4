import { expect, test } from 'vitest';
import { systemPrompt } from '../../src/agent/prompts.ts';
import { profileOf } from '../../src/models/profiles/pick.ts';
import { profileIds } from '../../src/models/profiles/profile.ts';
import { expectGolden } from '../support/golden.ts';

test.each(profileIds)('what a root of the kind %s is told', (id) => {
  const told = systemPrompt({ role: 'root', depth: 0 }, 2, id);
  expectGolden(`profile-${id}`, `${told}\n`);
});

test('a child that may not recurse is not told of recursion', () => {
  for (const id of profileIds) expect(systemPrompt({ role: 'rlm', depth: 2 }, 2, id)).not.toContain('rlm_query(');
});

test.each([
  ['gpt-5', 'frontier'],
  ['gpt-5-mini-2025-08-07', 'frontier'],
  ['claude-haiku-4-5', 'frontier'],
  ['openai/gpt-oss-120b', 'frontier'],
  ['deepseek-chat', 'frontier'],
  ['llama-3.3-70b-versatile', 'frontier'],
  ['Qwen/Qwen3-Coder-480B-A35B-Instruct-FP8', 'frugal'],
  ['qwen3-coder-plus', 'frugal'],
  ['mit-oasys/rlm-qwen3-8b-v0.1', 'rlm'],
  ['rlm-qwen3-8b', 'rlm'],
  ['RLM-Qwen3-8B', 'rlm'],
  ['qwen2.5-coder:7b', 'weak'],
  ['qwen2.5-coder:32b-instruct-q4_K_M', 'weak'],
  ['llama3.2:3b', 'weak'],
  ['openai/gpt-oss-20b', 'weak'],
  ['meta-llama/Llama-3.1-8B-Instruct', 'weak'],
  ['deepseek-coder:6.7b', 'weak'],
  ['realm-70b', 'frontier'],
] as const)('%s is spoken to as %s', (name, profile) => {
  expect(profileOf(name)).toBe(profile);
});
