import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changesQuestion } from '../../extension/core/changes-question.ts';
import { fillIn, placeholdersOf, questionOfFile, questionsOfSetting } from '../../extension/core/saved-questions.ts';

describe('saved questions', () => {
  it('are taken from the setting, whatever it holds', () => {
    expect(questionsOfSetting({ Owners: ' Who owns {{area}}? ', empty: ' ', odd: 7 })).toEqual([
      { title: 'Owners', text: 'Who owns {{area}}?', from: 'user' },
    ]);
    for (const odd of [undefined, null, 'x', ['x'], 7]) expect(questionsOfSetting(odd)).toEqual([]);
  });

  it('are taken from files: a heading is the title, else the name', () => {
    expect(questionOfFile('a.md', '# Error handling\r\n\r\nWhere are errors of {{part: a module}} handled?\n')).toEqual(
      {
        ...{ title: 'Error handling', text: 'Where are errors of {{part: a module}} handled?', from: 'workspace' },
      },
    );
    expect(questionOfFile('who-owns_it.md', 'Who?')).toMatchObject({ title: 'who owns it', text: 'Who?' });
    expect(questionOfFile('a.md', '# Only a title\n')).toBeUndefined();
  });

  it('hide nothing from who reads them before they are asked', () => {
    const tricky = 'Why?\u202e\u200b\u0007\u{e0041} And \ud800how?\u2028Now';
    expect(questionOfFile('a\u202e.md', tricky)?.text).toBe('Why? And \ufffdhow?Now');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (name, content) => {
        const question = questionOfFile(name, content);
        expect(question?.text ?? '').not.toMatch(/(?![\n\t])[\p{C}\p{Zl}\p{Zp}]/u);
        expect(question?.text.length ?? 0).toBeLessThanOrEqual(8000);
        expect(question?.title.length ?? 0).toBeLessThanOrEqual(81);
      }),
    );
  });

  it('ask for each placeholder once, and what is given is not looked into', () => {
    const text = 'How does {{a: one part}} call {{ b }}, and {{a}} return? {{not closed} {{bad name}}';
    expect(placeholdersOf(text)).toEqual([
      { name: 'a', hint: 'one part' },
      { name: 'b', hint: '' },
    ]);
    const given = new Map([
      ['a', '{{b}} $& $1'],
      ['b', 'B'],
    ]);
    expect(fillIn(text, given)).toBe('How does {{b}} $& $1 call B, and {{b}} $& $1 return? {{not closed} {{bad name}}');
    expect(placeholdersOf(Array.from({ length: 99 }, (_, at) => `{{p${at}}}`).join(' ')).length).toBe(10);
    expect(placeholdersOf('{{'.repeat(50_000)).length).toBe(0);
  });
});

it('asks what a change touches, however large it is', () => {
  const change = (path: string) => ({ path, change: 'modified' }) as const;
  expect(changesQuestion([change('a.ts')])).toMatch(/^What does this change touch: .*: a\.ts \(modified\)\.$/);
  const many = changesQuestion(Array.from({ length: 1000 }, (_, at) => change(`f${at}`)));
  expect(many).toContain('f39 (modified), and 960 more.');
});
