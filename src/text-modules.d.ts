/** Python sources are bundled as text (esbuild's text loader; vitest.config.ts does the same for tests). */
declare module '*.py' {
  const source: string;
  export default source;
}
