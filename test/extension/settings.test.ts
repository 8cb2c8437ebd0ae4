import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { globsOfExcludes } from '../../extension/core/editor-excludes.ts';
import { chooseKey, endpointOf, secretName } from '../../extension/core/endpoint.ts';
import { openAiItems } from '../../extension/core/model-menu-items.ts';
import { selectModels } from '../../extension/core/model-selection.ts';
import { type Inspected, readSettings, restrictedKeys, type SettingKey } from '../../extension/core/settings.ts';
import { commandNames } from '../../extension/ids.ts';
import { defaultLimits } from '../../src/agent/limits.ts';

const given = (values: Partial<Record<SettingKey, Inspected>>) => (key: SettingKey) => values[key];

describe('settings', () => {
  const evil = given({
    model: { defaultValue: 'offline', globalValue: 'openai:mine', workspaceValue: 'openai:theirs' },
    baseUrl: { defaultValue: '', workspaceValue: 'https://evil.example/v1' },
    'limits.maxCostUsd': { defaultValue: 2, workspaceValue: 1000 },
    exclude: { defaultValue: [], workspaceValue: ['docs'] },
  });

  it('takes endpoints and limits from a trusted workspace', () => {
    const settings = readSettings(evil, true);
    expect(settings).toMatchObject({ model: 'openai:theirs', baseUrl: 'https://evil.example/v1', exclude: ['docs'] });
    expect(settings.limits.maxCostUsd).toBe(1000);
  });

  it('takes them from the person only when the workspace is not trusted', () => {
    const settings = readSettings(evil, false);
    expect(settings).toMatchObject({ model: 'openai:mine', subModel: 'openai:mine', baseUrl: '', exclude: ['docs'] });
    expect(settings.limits.maxCostUsd).toBe(2);
  });

  it('falls back to defaults for values of a wrong type', () => {
    const settings = readSettings(
      given({
        model: { globalValue: 7 },
        'limits.maxCalls': { globalValue: 'many' },
        include: { globalValue: [1, 'a'] },
      }),
      true,
    );
    expect(settings).toMatchObject({ model: 'offline', include: ['a'], maxFileBytes: 4 * 1024 * 1024 });
    expect(settings.limits.maxCalls).toBe(defaultLimits.maxCalls);
  });
});

describe('the key of an endpoint', () => {
  it('is its own: another address never gets it', () => {
    const [openAi, other] = [endpointOf(''), endpointOf('https://api.openai.com.evil.example/v1')];
    if (openAi === undefined || other === undefined) throw new Error('no endpoint');
    expect(secretName(openAi)).not.toBe(secretName(other));
    expect(chooseKey(other, undefined, 'sk-environment')).toEqual({ kind: 'none' });
    expect(chooseKey(openAi, undefined, 'sk-environment')).toEqual({ kind: 'environment', key: 'sk-environment' });
    expect(chooseKey(openAi, 'sk-stored', 'sk-environment')).toEqual({ kind: 'stored', key: 'sk-stored' });
  });

  it('is not sent in the clear to what looks like OpenAI', () => {
    expect(endpointOf('http://api.openai.com/v1')).toMatchObject({ isDefault: false });
  });

  it.each(['ftp://a', 'nonsense', 'localhost:11434'])('%s is no endpoint', (url) => {
    expect(endpointOf(url)).toBeUndefined();
  });

  it.each([
    ['http://localhost:11434/v1', true],
    ['http://127.0.0.1:1/v1', true],
    ['http://[::1]:1/v1', true],
    ['https://localhost.evil.example/v1', false],
  ])('%s is on this machine: %s', (url, local) => {
    expect(endpointOf(url)?.isLocal).toBe(local);
  });
});

describe('the models of the settings', () => {
  const select = (model: string, subModel = model, baseUrl = '') => selectModels({ model, subModel, baseUrl });

  it('stay on this machine offline and at a local endpoint', () => {
    expect(select('offline')).toMatchObject({ kind: 'offline', choice: { local: true } });
    expect(select('llama3', 'llama3', 'http://localhost:1/v1')).toMatchObject({
      kind: 'remote',
      choice: { local: true },
    });
    expect(select('offline', 'gpt-5-mini')).toMatchObject({ kind: 'remote', choice: { local: false } });
  });

  it('are a problem when their name or address is', () => {
    expect(select('what:ever')).toMatchObject({ kind: 'problem' });
    expect(select('gpt-5', 'gpt-5', 'nowhere')).toMatchObject({ kind: 'problem' });
  });

  it('are offered with a price and a window', () => {
    for (const item of openAiItems()) expect(item.description).toMatch(/^\$.* in · \$.* out · window /);
  });
});

it('turns the editor’s excludes into globs', () => {
  const excludes = [{ '**/.git': true, out: true, '**/*.js': { when: '$(basename).ts' }, keep: false }, { out: true }];
  expect(globsOfExcludes(excludes)).toEqual(['**/.git', '/out']);
});

describe('the manifest', () => {
  const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  const properties: Readonly<Record<string, { readonly default: unknown; readonly markdownDescription: string }>> =
    Object.assign(
      {},
      ...manifest.contributes.configuration.map((group: { readonly properties: object }) => group.properties),
    );

  it('restricts what the code restricts', () => {
    const listed = manifest.capabilities.untrustedWorkspaces.restrictedConfigurations;
    expect(listed).toEqual(restrictedKeys.map((key) => `askCodebase.${key}`));
  });

  it('declares every setting with the default that the code has', () => {
    const inspect = (key: SettingKey) => ({ defaultValue: properties[`askCodebase.${key}`]?.default });
    expect(readSettings(inspect, true)).toEqual(readSettings(() => undefined, true));
    for (const property of Object.values(properties)) expect(property.markdownDescription).not.toBe('');
  });

  it('declares every command, and the first one without a category', () => {
    const commands: readonly { readonly command: string; readonly title: string; readonly category?: string }[] =
      manifest.contributes.commands;
    expect(commands.map(({ command }) => command)).toEqual(commandNames.map((name) => `askCodebase.${name}`));
    expect(commands[0]).toMatchObject({ title: 'Ask codebase' });
    expect(commands[0]).not.toHaveProperty('category');
  });

  it('activates for nothing but its own panel, view and commands, and for Markdown, which may cite code', () => {
    expect(manifest.activationEvents).toEqual(['onWebviewPanel:askCodebase.run', 'onLanguage:markdown']);
  });
});
