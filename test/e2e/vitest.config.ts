import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Tests in a real VS Code: apart from the others, because each starts one and two cores carry one. */
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    name: 'e2e',
    include: ['test/e2e/**/*.e2e.test.ts'],
    globalSetup: ['test/support/temporary-folder.ts', 'test/e2e/global-setup.ts'],
    testTimeout: 180_000,
    hookTimeout: 120_000,
    // A window on a machine that is busy can miss a key; what is broken fails again.
    retry: 2,
    maxWorkers: 1,
    // The unit tests need both cores; these come after them.
    sequence: { groupOrder: 1 },
  },
});
