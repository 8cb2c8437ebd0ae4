/** What answers: one of the ways that are compared. */
export type System =
  /** One call with all of the files that fits the window. */
  | { readonly kind: 'base' }
  /** One call with the best passages of a search. */
  | { readonly kind: 'search' }
  /** The search alone: its ranked files, no model. */
  | { readonly kind: 'retrieval' }
  /** The engine with sub-agents down to this depth; `bare`: its REPL has the files and the sub-agents, and nothing to look things up with. */
  | { readonly kind: 'rlm'; readonly depth: number; readonly bare: boolean };

export const systemNames = 'base, search, retrieval, rlm-0 … rlm-8, rlm-0-bare … rlm-8-bare';

/** @returns `undefined` when the name names none. */
export function parseSystem(name: string): System | undefined {
  if (name === 'base' || name === 'search' || name === 'retrieval') return { kind: name };
  const [, depth, bare] = /^rlm-([0-8])(-bare)?$/.exec(name) ?? [];
  return depth === undefined ? undefined : { kind: 'rlm', depth: Number(depth), bare: bare !== undefined };
}

const meanings: Readonly<Record<Exclude<System['kind'], 'rlm'>, string>> = {
  base: 'one call, all of the files that fits the window',
  search: 'one call, the best passages of a search',
  retrieval: 'the search alone, no model',
};

export const describeSystem = (system: System): string =>
  system.kind === 'rlm'
    ? `recursive language model, depth ${system.depth}${system.bare ? ', without lookup helpers' : ''}`
    : meanings[system.kind];
