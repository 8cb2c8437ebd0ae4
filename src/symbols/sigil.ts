/** Characters that begin `#x`, `@x`, `:x` and `$x`: they are no part of the name that is kept and asked for. */
export const sigilOf = (text: string): number => /^(?:[#:$]|@@?)(?=[\p{L}_])/u.exec(text)?.[0].length ?? 0;
