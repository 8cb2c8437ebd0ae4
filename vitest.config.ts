import { readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

/** Python sources are text to the bundle; make them text to the tests as well. */
const pythonAsText = {
  name: 'python-as-text',
  load: (id: string) => (id.endsWith('.py') ? `export default ${JSON.stringify(readFileSync(id, 'utf8'))}` : undefined),
};

export default defineConfig({
  test: {
    projects: [
      {
        plugins: [pythonAsText],
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/e2e/**'],
          globalSetup: 'test/support/temporary-folder.ts',
          testTimeout: 60_000,
          hookTimeout: 120_000,
          // Real interpreters and real processes run in the tests; two files at once is what two cores carry.
          maxWorkers: 2,
        },
      },
      './test/e2e/vitest.config.ts',
    ],
  },
});
