import { sigilOf } from './sigil.ts';

/** `Class.method`, `ns::name`, `Class#method`: the last part is the name, the rest must be around it. */
export interface AskedName {
  /** As parsed files have it. */
  readonly name: string;
  /** With its sigil, as it stands in files without a parser. */
  readonly written: string;
  /** Joined by dots; empty when only a name was given. */
  readonly around: string;
}

export function readName(asked: string): AskedName {
  const parts = asked
    .trim()
    .replace(/\(\)$/, '')
    .split(/::|->|\.|(?<!(?:^|[.:])r)#/)
    .filter((part) => part !== '');
  const written = parts.at(-1) ?? '';
  return { name: written.slice(sigilOf(written)), written, around: parts.slice(0, -1).join('.') };
}

/** Whether a container ends in what was asked for, name by name. */
export const isAround = (container: string, around: string): boolean =>
  around === '' || container === around || container.endsWith(`.${around}`);
