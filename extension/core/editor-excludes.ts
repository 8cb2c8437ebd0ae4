/** A value of `files.exclude` or `search.exclude`: glob → `true`, `false`, or a condition on sibling files. */
export type EditorExcludes = Readonly<Record<string, unknown>>;

/**
 * The editor's excludes as globs of a snapshot. A glob without `/` means the root only to the editor and every depth to a
 * snapshot. Conditions (`{ "when": "$(basename).ts" }`) are passed over: leaving out too little is the safer mistake.
 */
export function globsOfExcludes(settings: readonly EditorExcludes[]): readonly string[] {
  const globs = settings.flatMap((one) =>
    Object.entries(one)
      .filter(([, value]) => value === true)
      .map(([glob]) => (glob.includes('/') ? glob : `/${glob}`)),
  );
  return [...new Set(globs)];
}
