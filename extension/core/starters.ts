/** Questions to begin with. Made without a look at the files: opening the view reads nothing. */
export function startersFor(folders: readonly string[], file: string | undefined): readonly string[] {
  if (folders.length === 0) return [];
  const what = folders.length === 1 ? (folders[0] ?? '') : 'each of the folders';
  return [
    `What is ${what} for, and what are its main parts?`,
    `What are the entry points of ${what}?`,
    `How is ${what} built and tested?`,
    ...(file === undefined ? [] : [`How is ${file} used, and how is it tested?`]),
  ];
}
