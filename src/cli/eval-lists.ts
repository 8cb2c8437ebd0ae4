import { InvalidArgumentError } from 'commander';
import { parseSystem, systemNames } from '../eval/systems.ts';

const listed = (text: string): readonly string[] => [
  ...new Set(
    text
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== ''),
  ),
];

/** @throws InvalidArgumentError, as all of these. */
export function toSystems(text: string): readonly string[] {
  const names = listed(text);
  const wrong = names.find((name) => parseSystem(name) === undefined);
  if (wrong !== undefined || names.length === 0)
    throw new InvalidArgumentError(`It must be a list of ${systemNames}, with commas between.`);
  return names;
}

export function toDepths(text: string): readonly number[] {
  const names = listed(text);
  if (names.length === 0 || !names.every((one) => /^[0-8]$/.test(one)))
    throw new InvalidArgumentError('It must be numbers from 0 to 8, with commas between.');
  return names.map(Number);
}

const factors = { '': 1, k: 2 ** 10, m: 2 ** 20 } as const;

/** Tokens. */
export function toSizes(text: string): readonly number[] {
  const sizes = listed(text).map((one) => {
    const [, number, unit = ''] = /^(\d+)([km]?)$/i.exec(one) ?? [];
    const factor = unit.toLowerCase() === 'k' ? factors.k : unit === '' ? factors[''] : factors.m;
    return Number(number) * factor;
  });
  if (sizes.length === 0 || !sizes.every((size) => size >= 1024 && size <= 64 * 2 ** 20))
    throw new InvalidArgumentError(
      'It must be numbers of tokens from 1k to 64M such as 8k,64k,1M, with commas between.',
    );
  return sizes.toSorted((a, b) => a - b);
}
