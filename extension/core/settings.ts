import { type BudgetLimits, defaultLimits } from '../../src/agent/limits.ts';
import type { Price } from '../../src/models/model.ts';
import type { PriceOverrides } from '../../src/models/prices.ts';
import { type ProfileId, profileIds } from '../../src/models/profiles/profile.ts';
import { type Effort, efforts } from '../../src/models/wire/dialect.ts';
import type { SandboxKind } from '../../src/repl/node/sandbox.ts';
import type { HistoryLimits } from './conversation-index.ts';

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
  'reasoningEffort',
  'profile',
  'prices',
  'headers',
  'caFile',
  'limits.maxCalls',
  'limits.maxTokens',
  'limits.maxCostUsd',
  'limits.maxSeconds',
  'limits.maxDepth',
] as const;

const openKeys = [
  'include',
  'exclude',
  'includeLockFiles',
  'maxFileSizeMb',
  'history.maxRuns',
  'history.maxAgeDays',
  'sandbox',
] as const;

export type SettingKey = (typeof restrictedKeys)[number] | (typeof openKeys)[number];

export interface Settings {
  /** `auto`: the first that is found. */
  readonly model: string;
  /** Empty: the usual one beside the root's. */
  readonly subModel: string;
  /** Of the root's provider; empty for its own. */
  readonly baseUrl: string;
  readonly effort: Effort | undefined;
  readonly profile: ProfileId | undefined;
  /** By full spec or name; entries that are no prices are left out. */
  readonly prices: PriceOverrides;
  /** Sent to the root's provider with every request. */
  readonly headers: Readonly<Record<string, string>>;
  /** A file of certificate authorities in PEM; empty for none. */
  readonly caFile: string;
  readonly limits: BudgetLimits;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly includeLockFiles: boolean;
  readonly maxFileBytes: number;
  readonly sandbox: SandboxKind;
  /** What is kept of earlier runs. */
  readonly history: HistoryLimits;
}

/** Values of a wrong type count as not set. */
export function readSettings(inspect: InspectSetting, trusted: boolean): Settings {
  const value = (key: SettingKey): unknown => effective(key, inspect(key), trusted);
  return {
    model: text(value('model')) || 'auto',
    subModel: text(value('subModel')),
    baseUrl: text(value('baseUrl')),
    effort: efforts.find((effort) => effort === value('reasoningEffort')),
    profile: profileIds.find((id) => id === value('profile')),
    prices: entriesOf(value('prices'), asPrice),
    headers: entriesOf(headersOf(inspect, trusted), (one) => (typeof one === 'string' ? one : undefined)),
    caFile: text(value('caFile')),
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
    sandbox: value('sandbox') === 'process' ? 'process' : 'thread',
    history: {
      runs: Math.round(within(value('history.maxRuns'), 1, 10_000, 500)),
      ageMs: within(value('history.maxAgeDays'), 1, 36_500, 90) * 24 * 3600 * 1000,
    },
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

/** They may hold a secret: those of the person do not go where only the workspace says that requests go. */
function headersOf(inspect: InspectSetting, trusted: boolean): unknown {
  const ofWorkspace = ({ workspaceValue, workspaceFolderValue }: Inspected = {}): unknown =>
    workspaceFolderValue ?? workspaceValue;
  const redirected = trusted && [inspect('baseUrl'), inspect('model')].some((found) => ofWorkspace(found));
  return redirected ? ofWorkspace(inspect('headers')) : effective('headers', inspect('headers'), trusted);
}

const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string' && one.trim() !== '') : [];

const within = (value: unknown, min: number, max: number, otherwise: number): number =>
  typeof value === 'number' && Number.isFinite(value) ? Math.min(max, Math.max(min, value)) : otherwise;

function entriesOf<T>(value: unknown, read: (one: unknown) => T | undefined): Readonly<Record<string, T>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  const pairs = Object.entries(value).map(([key, one]) => [key, read(one)] as const);
  return Object.fromEntries(pairs.filter((pair): pair is readonly [string, T] => pair[1] !== undefined));
}

/** Cached input costs what other input costs where nothing else is said. */
function asPrice(value: unknown): Price | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const of = (key: string): number | undefined => {
    const amount: unknown = Reflect.get(value, key);
    return typeof amount === 'number' && amount >= 0 && Number.isFinite(amount) ? amount : undefined;
  };
  const [input, output, cacheWrite] = [of('input'), of('output'), of('cacheWrite')];
  if (input === undefined || output === undefined) return undefined;
  return { input, output, cachedInput: of('cachedInput') ?? input, ...(cacheWrite !== undefined && { cacheWrite }) };
}
