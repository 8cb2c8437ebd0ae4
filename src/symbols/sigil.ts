/** Characters that begin `#x`, `@x`, `:x`, `$x` and Rust's `r#x`: they are no part of the name that is kept and asked for. */
export const sigilOf = (text: string): number => /^(?:[#:$]|@@?|r#)(?=[\p{L}_])/u.exec(text)?.[0].length ?? 0;
