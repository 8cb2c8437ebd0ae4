const marks: Readonly<Record<string, string>> = Object.fromEntries([
  ...[
    'ts',
    'tsx',
    'js',
    'mjs',
    'cjs',
    'jsx',
    'go',
    'rs',
    'java',
    'c',
    'h',
    'cc',
    'cpp',
    'hpp',
    'cs',
    'kt',
    'swift',
  ].map((extension) => [extension, '//'] as const),
  ...['py', 'rb', 'sh'].map((extension) => [extension, '#'] as const),
]);

/** What begins a comment in a file of this name; `undefined` where we do not know. */
export const commentMark = (path: string): string | undefined => marks[path.slice(path.lastIndexOf('.') + 1)];
