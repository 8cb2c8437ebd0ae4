import { InvalidArgumentError } from 'commander';

interface Range {
  readonly min: number;
  readonly max: number;
  readonly whole: boolean;
}

const decimal = /^\d+(?:\.\d+)?(?:e\d{1,2})?$/i;

/** A commander argument parser that takes decimal numbers of a range and says which when it gets something else. */
export function numberWithin({ min, max, whole }: Range): (text: string) => number {
  return (text) => {
    const value = decimal.test(text) ? Number(text) : Number.NaN;
    if (value >= min && value <= max && (!whole || Number.isInteger(value))) return value;
    throw new InvalidArgumentError(`It must be a ${whole ? 'whole ' : ''}number from ${min} to ${max}.`);
  };
}
