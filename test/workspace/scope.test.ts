import { describe, expect, it } from 'vitest';
import type { GitScope } from '../../src/git/git-history.ts';
import { describeWorkspace } from '../../src/workspace/corpus-map.ts';
import { scopeSnapshot } from '../../src/workspace/scope.ts';
import { askInMemory } from '../support/ask.ts';
import { scriptedModel } from '../support/scripted-model.ts';
import { cell, scriptedRepls } from '../support/scripted-repl.ts';
import { memorySnapshot } from '../support/workspace.ts';

const files = {
  'src/a.ts': 'one\n',
  'src/b.ts': 'two\n',
  'src2/c.ts': 'three\n',
  'README.md': 'readme\n',
  'src/.env': 'K=1\n',
  '.env': 'K=1\n',
};
const scoped = async (...paths: readonly string[]) => scopeSnapshot(await memorySnapshot(files), paths);
const names = async (...paths: readonly string[]) => (await scoped(...paths)).files.map(({ path }) => path);

describe('a question that is limited to a part', () => {
  it('has the files and folders that were named, and no others', async () => {
    expect(await names('src')).toEqual(['src/a.ts', 'src/b.ts']);
    expect(await names('./src/', 'README.md')).toEqual(['README.md', 'src/a.ts', 'src/b.ts']);
    expect(await names('src/a.ts', 'src/a.ts')).toEqual(['src/a.ts']);
    expect((await scoped('src')).text('README.md')).toBeUndefined();
  });

  it('is not limited by nothing, or by the whole', async () => {
    const all = ['README.md', 'src/a.ts', 'src/b.ts', 'src2/c.ts'];
    expect(await names()).toEqual(all);
    expect(await names('.', 'src')).toEqual(all);
    expect((await scoped('.')).coverage.scope).toBeUndefined();
  });

  it('shows its folders with their own sizes', async () => {
    const many = Object.fromEntries(Array.from({ length: 70 }, (_, n) => [`docs/${n}.md`, 'x']));
    const big = 'y'.repeat(500_000);
    const snapshot = await memorySnapshot({ ...many, 'lib/big.txt': big, 'src/a.ts': 'a', 'zoo/big.txt': big });
    const map = describeWorkspace(scopeSnapshot(snapshot, ['docs', 'src']));
    expect(map).toContain('docs/  70 files, 70 B\nsrc/  1 file, 1 B');
  });

  it('says in its coverage what was not asked', async () => {
    const part = await scoped('src/');
    expect(part.coverage).toMatchObject({
      ...{ filesTotal: 3, filesLoaded: 2, bytesLoaded: 8, leftOut: [{ path: 'src/.env', reason: 'secret' }] },
      scope: { paths: ['src'], filesOutside: 2 },
    });
    expect(describeWorkspace(part)).toContain('The question is limited to src: 2 other files of the workspace');
  });

  it.each([
    ['sr', 'No loaded file has that path'],
    ['../src', 'No loaded file has that path'],
    ['src/.env', 'It is left out (secret'],
  ])('refuses %s with the reason', async (path, why) => {
    await expect(scoped(path)).rejects.toThrow(why);
  });

  it('holds for a whole run: what lies outside is neither read nor cited, nor called deleted', async () => {
    const scopes: GitScope[] = [];
    const repls = scriptedRepls(async (code, { onCall }, signal) => {
      if (code === 'look') await onCall({ op: 'git', query: { ask: 'changed_since', ref: 'HEAD' } }, signal);
      return {};
    });
    const root = scriptedModel((messages) =>
      messages.some(({ role }) => role === 'assistant')
        ? cell('answer: In [src/a.ts:1], not [README.md:1].')
        : cell('look'),
    );
    const git = {
      ask: async (_: unknown, scope: GitScope) => {
        scopes.push(scope);
        return { items: [], notes: [] };
      },
    };
    const { end } = await askInMemory({ root, repls, files, git, scope: ['src'] });
    expect(end.citations.map(({ path, status }) => [path, status])).toEqual([
      ['src/a.ts', 'verified'],
      ['README.md', 'unverified'],
    ]);
    expect(end.coverage.scope).toEqual({ paths: ['src'], filesOutside: 2 });
    expect(scopes.map(({ whole, snapshot }) => [whole, snapshot.files.length])).toEqual([[false, 2]]);
  });

  it('ends a run whose scope holds nothing as failed, with the reason', async () => {
    const end = (
      await askInMemory({ root: scriptedModel(() => ''), repls: scriptedRepls(async () => ({})), scope: ['no'] })
    ).end;
    expect(end).toMatchObject({ outcome: 'failed', reason: expect.stringContaining("limited to 'no'") });
  });
});
