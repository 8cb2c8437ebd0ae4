import { expect, test } from 'vitest';
import { citationGroups } from '../../webview/shared/citation-rule.ts';
import { demoRunId, extremeRun } from './harness/demo-run.ts';
import { sceneHost } from './harness/scenes.ts';
import { openView, useStage } from './harness/stage.ts';

useStage();

const harm = [
  '<script>globalThis.harmed = true</script>',
  '<img src=x onerror="globalThis.harmed = true">',
  '<svg onload="globalThis.harmed = true"></svg>',
  '<iframe src="https://harm.example/frame"></iframe>',
  '<style>@import url("https://harm.example/style.css")</style>',
  '[click](javascript:globalThis.harmed=true)',
  '[click](https://harm.example/link)',
  '<https://harm.example/auto>',
  '![picture](https://harm.example/pixel.png)',
  '![picture](data:image/svg+xml;base64,PHN2Zz48L3N2Zz4=)',
  '[ref]: javascript:alert(1)\n[ref]',
  '<a href="vscode:extension/harm">x</a>',
  '```html\n<img src=x onerror="globalThis.harmed = true">\n```',
  '`<img src=x onerror=alert(1)>`',
  '[src/<img src=x onerror=alert(1)>.ts:1-2]',
];

async function answer(text: string) {
  const host = sceneHost('first');
  host.converse({
    entries: [{ runId: demoRunId, question: 'Q', attachments: [], models: '', running: false, folded: false }],
  });
  host.play(demoRunId, extremeRun(text));
  const staged = await openView('sidebar', host);
  await staged.page.getByText('Copy', { exact: true }).waitFor();
  return staged;
}

test('what a model writes is text: no element, address or script of its own', async () => {
  const { page, view } = await answer(harm.join('\n\n'));
  const markdown = page.locator('.markdown');
  await page.waitForTimeout(300);
  expect(await page.evaluate(() => 'harmed' in globalThis)).toBe(false);
  expect(await markdown.locator('script, img, svg, iframe, style, a, object, [href], [src], [onerror]').count()).toBe(
    0,
  );
  expect(await markdown.textContent()).toContain('<script>globalThis.harmed = true</script>');
  expect(view.strangers).toEqual([]);
  expect(view.errors).toEqual([]);
});

test('citations that the host judged are buttons, several in a bracket each its own; others stay text', async () => {
  const text = 'See [packages/http/src/client.ts:88-94; packages/http/src/bucket.ts:40-43] and [src/nowhere.ts:1-2].';
  const { page, host } = await answer(`${text} In code: \`x[docs/retries.md:300-310]\`.`);
  const paragraph = page.locator('.markdown p').first();
  expect(await paragraph.getByRole('button').count()).toBe(2);
  expect(await paragraph.textContent()).toContain('[src/nowhere.ts:1-2]');
  await paragraph.getByRole('button', { name: 'packages/http/src/bucket.ts:40-43 verified' }).click();
  expect(host.sent('openCitation')).toEqual([{ runId: demoRunId, index: 2 }]);
});

test('tables, quotes, lists, and a file name of 300 characters stay within the view', async () => {
  const { page } = await answer('| a | b |\n|---|---|\n| 1 | `x` |\n\n> quoted\n\n1. one\n2. two');
  expect(await page.locator('.markdown td').allTextContents()).toEqual(['1', 'x']);
  expect(await page.locator('.markdown ol li').count()).toBe(2);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
});

test.each([
  ['[src/__init__.py:1-2]', [[0, 21, 1]]],
  [
    'a [x.ts:1; y.ts:2-3], b [app/[id]/p.tsx:4]',
    [
      [2, 20, 2],
      [24, 42, 1],
    ],
  ],
  ['`f[a.ts:1]`', []],
])('the brackets of %s', (text, expected) => {
  const groups = citationGroups(text).map(({ open, close, cited }) => [open, close, cited.length]);
  expect(groups).toEqual(expected);
});

test('a citation is no emphasis and no link', async () => {
  const { page } = await answer('See [src/__init__.py:1-2] and [packages/http/src/client.ts:88-94](javascript:alert).');
  const paragraph = page.locator('.markdown p').first();
  expect(await paragraph.locator('strong').count()).toBe(0);
  expect(await paragraph.textContent()).toContain('[src/__init__.py:1-2]');
  expect(await paragraph.getByRole('button').count()).toBe(1);
});

test('a citation before a colon and a word is shown, not taken for the address of a link', async () => {
  const { page } = await answer('[packages/http/src/client.ts:88-94]: decided\n\n[docs]: https://example.com');
  expect(
    await page
      .locator('.markdown')
      .getByRole('button', { name: /client\.ts:88-94 verified/ })
      .count(),
  ).toBe(1);
  expect(await page.locator('.markdown').textContent()).toMatch(/: decided.*\[docs\]: https:\/\/example\.com/s);
});

test('a list of many levels, such as a chain of calls, is shown to its end', async () => {
  const levels = Array.from({ length: 30 }, (_, at) => `${'  '.repeat(at)}- calls f${at}`);
  const { page } = await answer(levels.join('\n'));
  expect(await page.locator('.markdown').textContent()).toContain('calls f29');
});

test('steps with code between them keep their numbers', async () => {
  const { page } = await answer('1. one\n\n```\ncode\n```\n\n2. two\n\n```\ncode\n```\n\n3. three');
  const starts = await page
    .locator('.markdown ol')
    .evaluateAll((lists) => lists.map((ol) => (ol as HTMLOListElement).start));
  expect(starts).toEqual([1, 2, 3]);
});
