import { defaultLimits, type RunLimits } from '../../src/agent/limits.ts';

/** The values of one setting by where they were set, as `WorkspaceConfiguration.inspect` gives them. */
export interface Inspected {
  readonly defaultValue?: unknown;
  readonly globalValue?: unknown;
  readonly workspaceValue?: unknown;
  readonly workspaceFolderValue?: unknown;
}

export type InspectSetting = (key: SettingKey) => Inspected | undefined;

/** Where text goes and what it may cost: never taken from a workspace that is not trusted. package.json lists the same. */
export const restrictedKeys = [
  'model',
  'subModel',
  'baseUrl',
  'limits.maxCalls',
  'limits.maxTokens',
  'limits.maxCostUsd',
  'limits.maxSeconds',
  'limits.maxDepth',
] as const;

const openKeys = ['include', 'exclude', 'includeLockFiles', 'maxFileSizeMb'] as const;

export type SettingKey = (typeof restrictedKeys)[number] | (typeof openKeys)[number];

export interface Settings {
  readonly model: string;
  /** The root's when nothing is set. */
  readonly subModel: string;
  /** Empty for OpenAI's own. */
  readonly baseUrl: string;
  readonly limits: Pick<RunLimits, 'maxCalls' | 'maxTokens' | 'maxCostUsd' | 'maxSeconds' | 'maxDepth'>;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly includeLockFiles: boolean;
  readonly maxFileBytes: number;
}

/** Values of a wrong type count as not set. */
export function readSettings(inspect: InspectSetting, trusted: boolean): Settings {
  const value = (key: SettingKey): unknown => effective(key, inspect(key), trusted);
  const model = text(value('model')) || 'offline';
  return {
    model,
    subModel: text(value('subModel')) || model,
    baseUrl: text(value('baseUrl')),
    limits: {
      maxCalls: within(value('limits.maxCalls'), 1, 1e9, defaultLimits.maxCalls),
      maxTokens: within(value('limits.maxTokens'), 1, 1e12, defaultLimits.maxTokens),
      maxCostUsd: within(value('limits.maxCostUsd'), 0, 1e6, defaultLimits.maxCostUsd),
      maxSeconds: within(value('limits.maxSeconds'), 1, 604_800, defaultLimits.maxSeconds),
      maxDepth: within(value('limits.maxDepth'), 0, 16, defaultLimits.maxDepth),
    },
    include: texts(value('include')),
    exclude: texts(value('exclude')),
    includeLockFiles: value('includeLockFiles') === true,
    maxFileBytes: Math.round(within(value('maxFileSizeMb'), 0.001, 64, 4) * 1024 * 1024),
  };
}

/** VS Code applies `restrictedConfigurations` by itself; this holds also where it has not yet, as right after a change of trust. */
function effective(key: SettingKey, found: Inspected | undefined, trusted: boolean): unknown {
  if (found === undefined) return undefined;
  const { defaultValue, globalValue, workspaceValue, workspaceFolderValue } = found;
  const restricted = (restrictedKeys as readonly string[]).includes(key);
  return restricted && !trusted
    ? (globalValue ?? defaultValue)
    : (workspaceFolderValue ?? workspaceValue ?? globalValue ?? defaultValue);
}

const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string' && one.trim() !== '') : [];

const within = (value: unknown, min: number, max: number, otherwise: number): number =>
  typeof value === 'number' && Number.isFinite(value) ? Math.min(max, Math.max(min, value)) : otherwise;
