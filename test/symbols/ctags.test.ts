import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SymbolSource } from '../../src/symbols/symbol-source.ts';
import { compareWithCtags, describeMissing, hasCtags } from '../support/ctags.ts';
import { testSymbols } from '../support/symbols.ts';

const python = (code: string) => spawnSync('python3', ['-c', code], { encoding: 'utf8' }).stdout?.trim() ?? '';

/** Sources that are on every machine that can run the tests. */
const sources: readonly (readonly [language: string, folder: string])[] = [
  ['typescript', 'node_modules/openai/src'],
  ['cpp', 'node_modules/node-addon-api'],
  ['python', python('import sysconfig; print(sysconfig.get_path("stdlib"))')],
];

let source: SymbolSource;
let base: string;
beforeAll(async () => {
  [source, base] = await Promise.all([testSymbols(), mkdtemp(join(tmpdir(), 'ask-codebase-ctags-'))]);
});
afterAll(() => Promise.all([source.close(), rm(base, { recursive: true, force: true })]));

describe.skipIf(!hasCtags())(
  'agreement with universal-ctags (skipped where it is not installed: .ci/run installs it)',
  () => {
    it.each(sources)(
      'finds the definitions of real %s sources',
      async (language, folder) => {
        // A copy, because what is in a folder of dependencies is not read.
        const copy = join(base, language);
        await cp(folder, copy, {
          recursive: true,
          dereference: true,
          filter: (path) => !/site-packages|dist-packages|lib2to3|idlelib|encodings|\/test/.test(path),
        });
        const { tags, found, missing } = await compareWithCtags(source, copy, language);
        expect(tags).toBeGreaterThan(300);
        expect(found / tags, describeMissing(missing).join('\n')).toBeGreaterThanOrEqual(0.97);
      },
      180_000,
    );
  },
);
