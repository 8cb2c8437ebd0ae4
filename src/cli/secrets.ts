import { presets } from '../models/providers/presets.ts';
import type { Environment } from './user-folders.ts';

/** All that no log and no message may show: the keys that are in the environment, and headers, which often hold one. */
export function secretsOf(env: Environment, headers: Readonly<Record<string, string>>): readonly string[] {
  const keys = presets.map(({ keyVariable }) => env[keyVariable]?.trim());
  const sent = Object.values(headers).flatMap((value) => [value, ...value.split(/\s+/).slice(1)]);
  return [...keys, ...sent].filter((secret): secret is string => secret !== undefined && secret !== '');
}
