import { describe, expect, it } from 'vitest';
import { modelCatalog } from '../../src/models/choice/catalog.ts';
import { type ChoiceFacts, chooseModels } from '../../src/models/choice/choose-models.ts';
import type { LocalServer } from '../../src/models/choice/local-server.ts';
import { presets } from '../../src/models/providers/presets.ts';

const nothing: ChoiceFacts = { model: 'auto', subModel: '', ownBaseUrl: false, local: [], keyed: [] };
const model = (name: string, remote = false) => ({
  ...{ name, remote, contextTokens: 8192, billions: 7, loaded: false },
});
const ollama: LocalServer = { provider: 'ollama', baseUrl: 'http://127.0.0.1:11434/v1', models: [model('qwen:7b')] };
const vscode = { root: 'copilot/big', sub: 'copilot/small' };
const choose = (facts: Partial<ChoiceFacts>) => chooseModels({ ...nothing, ...facts });

describe('auto', () => {
  const all = { vscode, local: [ollama], keyed: ['openai'] } as const;
  it.each([
    ['what the person chose', { ...all, model: 'mistral:x' }, 'mistral:x', 'mistral:x', 'chosen'],
    ['a model of VS Code', all, 'vscode:copilot/big', 'vscode:copilot/small', 'vscode'],
    ['a server on this machine', { ...all, vscode: undefined }, 'ollama:qwen:7b', 'ollama:qwen:7b', 'local'],
    ['a key', { keyed: ['anthropic', 'openai'] }, 'openai:gpt-5', 'openai:gpt-5-mini', 'key'],
    ['another key', { keyed: ['anthropic'] }, 'anthropic:claude-sonnet-4-5', 'anthropic:claude-haiku-4-5', 'key'],
    ['nothing but offline', {}, 'offline', 'offline', 'offline'],
  ] as const)('takes %s', (_, facts, root, sub, why) => {
    const { vscode: offered, ...rest } = { vscode: undefined, ...facts };
    expect(choose({ ...rest, ...(offered && { vscode: offered }) })).toMatchObject({ kind: 'ok', root, sub, why });
  });

  it('says which and why', () => {
    expect(choose({ local: [ollama] })).toMatchObject({ sentence: 'qwen:7b of Ollama, found on this machine' });
    expect(choose({ keyed: ['groq'] })).toMatchObject({ sentence: expect.stringMatching(/Groq \(GROQ_API_KEY\)/) });
    expect(choose({})).toMatchObject({ sentence: expect.stringMatching(/offline.*no key was found/) });
  });

  it('takes no model of a local server that would send the text on', () => {
    const cloud = { ...ollama, models: [model('gpt-oss:120b-cloud', true)] };
    expect(choose({ local: [cloud] })).toMatchObject({ root: 'offline' });
    expect(choose({ local: [{ ...cloud, models: [...cloud.models, model('a')] }] })).toMatchObject({
      root: 'ollama:a',
    });
  });

  it('takes no provider whose models are not known by name, though there is a key', () => {
    expect(choose({ keyed: ['azure', 'vllm'] })).toMatchObject({ root: 'offline' });
  });
});

describe('a choice', () => {
  it('is never replaced by another vendor', () => {
    expect(choose({ model: 'acme:x', keyed: ['openai'] })).toMatchObject({ kind: 'problem' });
    expect(choose({ model: 'openai:gpt-5', local: [ollama], vscode })).toMatchObject({ root: 'openai:gpt-5' });
  });

  it.each([
    ['gpt-5', 'openai:gpt-5-mini'],
    ['gpt-5-mini', 'openai:gpt-5-mini'],
    ['gpt-5-nano', 'openai:gpt-5-nano'],
    ['openai:unknown-model', 'openai:unknown-model'],
    ['anthropic:claude-opus-4-5', 'anthropic:claude-haiku-4-5'],
    ['openrouter:openai/gpt-5', 'openrouter:openai/gpt-5-mini'],
    ['ollama:qwen:7b', 'ollama:qwen:7b'],
    ['offline', 'offline'],
  ])('of %s alone has %s for its sub-agents', (root, sub) => {
    expect(choose({ model: root })).toMatchObject({ kind: 'ok', sub });
  });

  it('of the sub-model stands, and an address of one’s own keeps to the one model', () => {
    expect(choose({ model: 'gpt-5', subModel: 'ollama:a' })).toMatchObject({ root: 'openai:gpt-5', sub: 'ollama:a' });
    expect(choose({ model: 'gpt-5', ownBaseUrl: true })).toMatchObject({ sub: 'openai:gpt-5' });
    expect(choose({ model: 'gpt-5', subModel: 'x:' })).toMatchObject({ kind: 'problem' });
  });
});

describe('the catalog', () => {
  it('lists what is ready first and says of the rest what is missing', () => {
    const groups = modelCatalog({ local: [ollama], keyed: ['openai'] });
    expect(groups.slice(0, 3).map(({ title, ready }) => [title, ready])).toEqual([
      ['OpenAI', true],
      ['Ollama', true],
      ['Offline search', true],
    ]);
    expect(groups.slice(3).every(({ ready, missing }) => !ready && missing !== '')).toBe(true);
    expect(groups).toHaveLength(presets.length + 1);
    expect(groups[1]?.models[0]).toEqual({
      spec: 'ollama:qwen:7b',
      name: 'qwen:7b',
      contextTokens: 8192,
      price: { input: 0, cachedInput: 0, output: 0 },
      local: true,
    });
    const anthropic = groups.find(({ provider }) => provider === 'anthropic');
    expect(anthropic?.missing).toMatch(/ANTHROPIC_API_KEY.*https:/);
  });
});

it('a preset is complete: an https address of its own or none, a key variable nobody else has', () => {
  const names = presets.flatMap(({ keyVariable, baseUrlVariable }) => [keyVariable, baseUrlVariable]);
  expect(new Set(names).size).toBe(names.length);
  for (const { baseUrl, needsKey } of presets) if (needsKey && baseUrl) expect(baseUrl).toMatch(/^https:/);
});
