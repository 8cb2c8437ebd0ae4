/** `Class.method`, `ns::name`, `Class#method`: the last part is the name, the rest must be around it. */
export interface AskedName {
  readonly name: string;
  /** Joined by dots; empty when only a name was given. */
  readonly around: string;
}

export function readName(asked: string): AskedName {
  const parts = asked
    .trim()
    .replace(/\(\)$/, '')
    .split(/::|->|[.#]/)
    .filter((part) => part !== '');
  return { name: parts.at(-1) ?? '', around: parts.slice(0, -1).join('.') };
}

/** Whether a container ends in what was asked for, name by name. */
export const isAround = (container: string, around: string): boolean =>
  around === '' || container === around || container.endsWith(`.${around}`);
