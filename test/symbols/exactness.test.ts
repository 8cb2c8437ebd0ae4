import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReferenceItem, SymbolSource } from '../../src/symbols/symbol-source.ts';
import { symbolsOf, testSymbols } from '../support/symbols.ts';
import { dialects, repositoryPlan, writeRepository } from './generated.ts';

let source: SymbolSource;
beforeAll(async () => {
  source = await testSymbols();
});
afterAll(() => source.close());

const places = (items: readonly ReferenceItem[]) => items.map(({ path, line }) => `${path}:${line}`).toSorted();

describe('how many call sites, list every reference', () => {
  it('is exact on generated repositories over all languages', async () => {
    await fc.assert(
      fc.asyncProperty(repositoryPlan, fc.constantFrom('compute', 'run_all', 'fetchAll'), async (plan, target) => {
        const { files, expected } = writeRepository(plan, target);
        const asked = await symbolsOf(source, files);
        expect(places(await asked.references(target, 'callers'))).toEqual(expected.calls);
        expect(places(await asked.references(target))).toEqual(expected.references);
      }),
      { numRuns: 40 },
    );
  });

  it.each(dialects.map((dialect) => [dialect.language, dialect] as const))(
    'knows every way in which %s calls',
    async (_, dialect) => {
      for (const [kind, count] of [
        ['calls', 1],
        ['uses', 0],
        ['distractions', 0],
      ] as const)
        for (const way of dialect[kind]) {
          const text = dialect.file([dialect.define('around', [way('target')])]);
          const asked = await symbolsOf(source, { [`a.${dialect.extension}`]: text });
          expect({ text, calls: (await asked.references('target', 'callers')).length }).toEqual({ text, calls: count });
          const references = await asked.references('target');
          expect({ text, references: references.length }).toEqual({
            text,
            references: kind === 'distractions' ? 0 : 1,
          });
          for (const { inside } of references) expect(inside).toMatch(/(?:^|\.)around$/);
        }
    },
  );

  it('takes no part of a number in a macro for a name', async () => {
    const asked = await symbolsOf(source, { 'a.h': '#define MASK 0xABC\n#define SUM(a) (10UL + xABC(a))\n' });
    expect(places(await asked.references('xABC'))).toEqual(['a.h:2']);
    expect(await asked.references('UL')).toEqual([]);
  });

  it.each([
    ['a.js', 'export function $fetch() {}\n$fetch();\n', '$fetch'],
    ['a.php', '<?php\nclass A {\n  public $count = 1;\n}\n$count = 2;\n', '$count'],
    ['a.rb', 'class A\n  attr_reader :size\n  def go\n    @size = 1\n  end\nend\n', '@size'],
    ['a.lua', 'function $fetch() end\n$fetch()\n', '$fetch'],
    ['a.rs', 'fn r#try() {}\nfn go() { r#try(); }\n', 'r#try'],
    ['a.rs', 'struct A { r#type: u8 }\nfn go(a: A) { a.r#type; }\n', 'type'],
    ['a.rs', 'struct A { r#type: u8 }\nfn go(a: A) { a.r#type; }\n', 'A.r#type'],
    ['a.sh', 'DIR=1\necho "$DIR_ $MYDIR $DIR/x"\n', 'DIR'],
    ['a.pl', 'my $dir = 1;\nprint $dir;\n', 'dir'],
    ['a.vue', '<script>\nemit(1);\nthis.$emit(2);\nthis.emit(3);\n</script>\n', 'emit'],
  ])('knows a name of %s with its sigil', async (path, text, name) => {
    const asked = await symbolsOf(source, { [path]: text });
    expect(places(await asked.references(name))).toHaveLength(2);
  });
});
