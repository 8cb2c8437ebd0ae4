import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** `npm run screenshots`: pictures of the product in a real VS Code, written to docs/screenshots. */
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    name: 'screenshots',
    include: ['test/e2e/screenshots.ts'],
    globalSetup: 'test/e2e/global-setup.ts',
    testTimeout: 180_000,
    hookTimeout: 120_000,
    maxWorkers: 1,
  },
});
