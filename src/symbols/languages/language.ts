/** What the parser knows of a language: all of it data. Offsets and names come from the query's captures. */
export interface Language {
  /** VS Code's language ids that are read with it. */
  readonly ids: readonly string[];
  /** The grammar's file, without `tree-sitter-` and `.wasm`. */
  readonly grammar: string;
  /**
   * A tree-sitter query (https://tree-sitter.github.io/tree-sitter/using-parsers/queries). Captures:
   * `@def.KIND` a definition, with its `@name`, or a `@declarator` in which the name lies (C and C++);
   * `@container` beside it: what it belongs to when that is not around it (Go's receivers);
   * `@scope` with a `@name`: holds definitions, but is none (Rust's `impl`);
   * `@call` the name that is called; `@import` a whole import and `@module` what it names; `@ref` every identifier;
   * `@raw` source that the grammar leaves unread (C macros); `@local` a name that is bound in a function; `@use` one that is no call;
   * `@error` what could not be parsed. An earlier pattern wins over a later one for the same name.
   */
  readonly query: string;
  /** An identifier that is bound nowhere in its function is a call (Ruby). */
  readonly bareCalls?: boolean;
}
