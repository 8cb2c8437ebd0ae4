import { describe, expect, it } from 'vitest';
import { chooseKey, type Environment, endpointOf, secretName } from '../../extension/core/endpoint.ts';
import { estimateText } from '../../extension/core/estimate.ts';
import { modelMenu } from '../../extension/core/model-menu-items.ts';
import { type FoundModels, neededLooks, nothingFound, selectModels } from '../../extension/core/model-selection.ts';
import { moreBudget } from '../../extension/core/more-budget.ts';
import { defaultLimits } from '../../src/agent/limits.ts';
import type { LocalServer } from '../../src/models/choice/local-server.ts';

const ollama: LocalServer = {
  provider: 'ollama',
  baseUrl: 'http://127.0.0.1:11434/v1',
  models: [{ name: 'qwen3:8b', contextTokens: 32_768, billions: 8, loaded: false, remote: false }],
};
const offered = ['gpt-5', 'gpt-5-mini'].map((family) => ({
  ...{ name: `copilot/${family}`, title: `${family} (copilot)`, vendor: 'copilot', family, maxInputTokens: 128_000 },
}));

const select = (model: string, found: Partial<FoundModels> = {}, subModel = '', baseUrl = '', env: Environment = {}) =>
  selectModels({ model, subModel, baseUrl }, { ...nothingFound, ...found }, env);

function endpoint(provider: Parameters<typeof endpointOf>[0], baseUrl: string, env: Environment = {}) {
  const found = endpointOf(provider, baseUrl, env);
  if (found === undefined) throw new Error('no endpoint');
  return found;
}

describe('the key of an endpoint', () => {
  const env = { OPENAI_API_KEY: 'sk-environment', ANTHROPIC_API_KEY: 'sk-ant' };

  it('is its own: another address never gets it', () => {
    const [openAi, other] = [endpoint('openai', ''), endpoint('openai', 'https://api.openai.com.evil.example/v1')];
    expect(secretName(openAi)).not.toBe(secretName(other));
    expect(chooseKey(other, undefined, env)).toEqual({ kind: 'none' });
    expect(chooseKey(openAi, undefined, env)).toMatchObject({ kind: 'environment', key: 'sk-environment' });
    expect(chooseKey(openAi, 'sk-stored', env)).toEqual({ kind: 'stored', key: 'sk-stored' });
    expect(chooseKey(endpoint('anthropic', ''), undefined, env)).toMatchObject({ key: 'sk-ant' });
    expect(chooseKey(endpoint('anthropic', 'https://evil.example'), undefined, env)).toEqual({ kind: 'none' });
  });

  it('of the environment goes to the environment’s address', () => {
    const own = { VLLM_BASE_URL: 'https://gpu.corp/v1', VLLM_API_KEY: 'k' };
    expect(chooseKey(endpoint('vllm', '', own), undefined, own)).toMatchObject({ key: 'k', variable: 'VLLM_API_KEY' });
  });

  it('is not sent in the clear to what looks like OpenAI', () => {
    expect(endpoint('openai', 'http://api.openai.com/v1').keyVariable).toBeUndefined();
  });

  it.each(['ftp://a', 'nonsense', 'localhost:11434'])('%s is no endpoint', (url) => {
    expect(endpointOf('openai', url, {})).toBeUndefined();
  });

  it.each([
    ['http://localhost:11434/v1', true],
    ['http://127.0.0.1:1/v1', true],
    ['http://[::1]:1/v1', true],
    ['https://localhost.evil.example/v1', false],
  ])('%s is on this machine: %s', (url, local) => {
    expect(endpoint('openai', url).isLocal).toBe(local);
  });
});

describe('the models of a question', () => {
  it.each([
    ['a model of VS Code', { offered, local: [ollama], keyed: ['openai'] }, 'vscode:copilot/gpt-5', false],
    ['a server on this machine', { local: [ollama], keyed: ['openai'] }, 'ollama:qwen3:8b', true],
    ['a provider with a key', { keyed: ['anthropic'] }, 'anthropic:claude-sonnet-4-5', false],
    ['nothing', {}, 'offline', true],
  ] as const)('are found in order: %s', (_, found, root, local) => {
    expect(select('auto', found)).toMatchObject({ kind: 'ok', chosen: false, choice: { root, local } });
  });

  it('say what answers, and the sub-agents’ model where it is another', () => {
    expect(select('auto', { offered }).choice.sentence).toBe(
      'copilot/gpt-5 of VS Code; sub-agents: vscode:copilot/gpt-5-mini',
    );
    expect(select('auto').choice.sentence).toMatch(/^offline search .* no key was found$/);
  });

  it('are those that the person chose, whatever else there is', () => {
    const found = { offered, local: [ollama], keyed: ['openai'] } as const;
    expect(select('gpt-5', found)).toMatchObject({ choice: { root: 'openai:gpt-5', sub: 'openai:gpt-5-mini' } });
    expect(select('offline', found, 'gpt-5-mini')).toMatchObject({
      choice: { root: 'offline', sub: 'openai:gpt-5-mini', local: false },
    });
    expect(select('vscode:copilot/gpt-5', found).choice.sub).toBe('vscode:copilot/gpt-5-mini');
    expect(select('llama3', {}, '', 'http://localhost:1/v1')).toMatchObject({
      choice: { sub: 'openai:llama3', local: true },
    });
  });

  it('leave this machine through a gateway on it, and as cloud models of Ollama', () => {
    expect(select('litellm:x').choice.local).toBe(false);
    expect(select('ollama:gpt-oss:120b-cloud').choice.local).toBe(false);
  });

  it.each([
    ['what:ever', '', /Unknown provider/],
    ['gpt-5', 'nowhere', /base URL/],
    ['azure:mine', '', /Azure OpenAI is missing/],
  ])('are a problem when their name or address is: %s at "%s"', (model, baseUrl, problem) => {
    expect(select(model, {}, '', baseUrl)).toMatchObject({ kind: 'problem', problem: expect.stringMatching(problem) });
  });

  it('need no look around when they were named', () => {
    const looks = (model: string) => neededLooks({ model, subModel: '', baseUrl: '' });
    expect(looks('openai:gpt-5')).toEqual({ offered: false, local: false, keyed: false });
    expect(looks('auto')).toEqual({ offered: true, local: true, keyed: true });
    expect(looks('ollama:x')).toEqual({ offered: false, local: true, keyed: false });
    expect(looks('vscode:a/b')).toEqual({ offered: true, local: false, keyed: false });
  });
});

describe('the menu of models', () => {
  const rows = (found: Partial<FoundModels>) => modelMenu({ ...nothingFound, ...found }).flatMap((group) => group.rows);

  it('shows window and price, and what runs here', () => {
    const all = rows({ offered, local: [ollama], keyed: ['openai'] });
    const described = (spec: string) =>
      all.find(({ action }) => action.kind === 'use' && action.spec === spec)?.description;
    expect(described('openai:gpt-5-mini')).toMatch(/^window .* · \$.* in · \$.* out$/);
    expect(described('ollama:qwen3:8b')).toMatch(/^window .* · runs on this machine$/);
    expect(described('vscode:copilot/gpt-5')).toMatch(/^window .* · price unknown$/);
    expect(described('offline')).toContain('no language model');
  });

  it('says of what is missing how it is had', () => {
    const get = rows({}).filter(({ action }) => action.kind !== 'use');
    expect(get.find(({ action }) => action.kind === 'get-vscode')?.description).toContain('Copilot');
    expect(get.find(({ label }) => label === 'Anthropic')?.description).toContain('console.anthropic.com');
    expect(get.find(({ label }) => label === 'Ollama')?.description).toContain('ollama pull');
  });
});

describe('what a question takes', () => {
  const entry = (ms: number, costUsd: number | null, root = 'a') => ({
    ...{ runId: 'r', question: 'q', attachments: [], log: 'x.jsonl', roots: [], anchors: {} },
    spent: { root, sub: 'a', ms, tokens: 1000, costUsd },
  });

  it('is the median of earlier ones with the same models; an unknown cost stays unknown', () => {
    const entries = [entry(2000, 0.1), entry(4000, 0.3), entry(9000, 0.2), entry(1, 9, 'b')];
    expect(estimateText(entries, { root: 'a', sub: 'a' })).toMatchInlineSnapshot(
      `"About 4.0 s · 1.0k tokens · $0.20 (median of 3 earlier questions here)"`,
    );
    expect(estimateText([entry(1000, null)], { root: 'a', sub: 'a' })).toContain('unknown');
    expect(estimateText([], { root: 'a', sub: 'a' })).toBe('');
  });

  it('may be twice as much as at the limit', () => {
    expect(moreBudget(defaultLimits)).toMatchObject({ maxCalls: 1000, maxCostUsd: 4, maxSeconds: 1200, maxTurns: 40 });
  });
});
