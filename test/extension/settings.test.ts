import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { globsOfExcludes } from '../../extension/core/editor-excludes.ts';
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
    expect(settings).toMatchObject({ model: 'openai:mine', subModel: '', baseUrl: '', exclude: ['docs'] });
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
    expect(settings).toMatchObject({ model: 'auto', include: ['a'], maxFileBytes: 4 * 1024 * 1024 });
    expect(settings.limits.maxCalls).toBe(defaultLimits.maxCalls);
  });

  it('takes prices that are some, and no others', () => {
    const prices = { a: { input: 1, output: 2 }, b: { input: 'much', output: 2 }, c: null };
    expect(readSettings(given({ prices: { globalValue: prices } }), true).prices).toEqual({
      a: { input: 1, cachedInput: 1, output: 2 },
    });
  });

  it.each(['baseUrl', 'model'] as const)('sends no headers of the person where a workspace’s %s leads', (key) => {
    const headers = { globalValue: { 'x-secret': 'mine' } };
    const led = given({ headers, [key]: { workspaceValue: 'https://evil.example/v1' } });
    expect(readSettings(led, true).headers).toEqual({});
    expect(readSettings(led, false).headers).toEqual({ 'x-secret': 'mine' });
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

  it('activates for nothing but its own panel, view and commands', () => {
    expect(manifest.activationEvents).toEqual(['onWebviewPanel:askCodebase.run']);
  });
});
