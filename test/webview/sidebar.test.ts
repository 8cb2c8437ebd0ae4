import { expect, test } from 'vitest';
import { demoEnded, demoRunId, demoRunning, hugeRun } from './harness/demo-run.ts';
import { FakeHost } from './harness/fake-host.ts';
import { runHost, sceneHost } from './harness/scenes.ts';
import { openScene, openView, useStage } from './harness/stage.ts';

useStage();

const box = { name: 'Ask about this codebase' };

test('asks with Enter, keeps Shift+Enter as a line, and empties the box once the host has taken it', async () => {
  const { page, host } = await openScene('sidebar', 'first');
  const question = page.getByRole('textbox', box);
  await question.pressSequentially('Who fills it?');
  await question.press('Shift+Enter');
  await question.pressSequentially('And when?');
  await question.press('Enter');
  await expect.poll(() => host.sent('ask')).toEqual([{ question: 'Who fills it?\nAnd when?', attachments: [] }]);
  await expect.poll(() => question.inputValue()).toBe('');
});

test('keeps the question and says why when the host refuses it', async () => {
  const { page, host } = await openScene('sidebar', 'first');
  host.refusals.set('ask', 'There is no key for this model.');
  const question = page.getByRole('textbox', box);
  await question.fill('Who?');
  await question.press('Enter');
  expect(await page.getByRole('alert').textContent()).toContain('There is no key for this model.');
  expect(await question.inputValue()).toBe('Who?');
  await page.getByRole('button', { name: 'Dismiss' }).click();
  expect(await page.getByRole('alert').count()).toBe(0);
});

test('takes attachments, which can be removed', async () => {
  const { page, host } = await openScene('sidebar', 'first');
  const attachment = { path: 'src/a.ts', startLine: 1, endLine: 4, text: 'a' };
  const other = { ...attachment, path: 'src/b.ts' };
  host.tell('sidebar', { type: 'compose', text: 'What is this?', attachments: [attachment, other] });
  await page.getByRole('button', { name: 'Remove src/b.ts:1-4' }).click();
  const question = page.getByRole('textbox', box);
  await expect.poll(() => question.inputValue()).toBe('What is this?');
  await question.press('Enter');
  await expect.poll(() => host.sent('ask')).toEqual([{ question: 'What is this?', attachments: [attachment] }]);
});

test('attachments stay with the draft while the view is hidden', async () => {
  const { page, host, view } = await openScene('sidebar', 'first');
  const attachment = { path: 'src/a.ts', startLine: 1, endLine: 4, text: 'a' };
  host.tell('sidebar', { type: 'compose', text: 'What is this?', attachments: [attachment] });
  await page.getByRole('button', { name: 'Remove src/a.ts:1-4' }).waitFor();
  await view.close();
  const again = await openView('sidebar', host, { saved: view.saved });
  await again.page.getByRole('textbox', box).press('Enter');
  await expect.poll(() => host.sent('ask')).toEqual([{ question: 'What is this?', attachments: [attachment] }]);
  await expect.poll(() => again.view.saved).toMatchObject({ draft: '', attachments: [] });
});

test('a question is asked once, however often Enter is pressed, and what is written meanwhile stays', async () => {
  const { page, host } = await openScene('sidebar', 'first');
  const question = page.getByRole('textbox', box);
  await question.fill('Who?');
  await question.evaluate((element: HTMLTextAreaElement) => {
    const enter = () => element.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    enter();
    enter();
    element.value = 'And when?';
    element.dispatchEvent(new InputEvent('input', { bubbles: true }));
  });
  await page.waitForTimeout(200);
  expect(host.sent('ask')).toEqual([{ question: 'Who?', attachments: [] }]);
  expect(await question.inputValue()).toBe('And when?');
  await question.press('Enter');
  await expect.poll(() => host.sent('ask').length).toBe(2);
});

test('a question to begin with is asked once, also with a double click', async () => {
  const { page, host } = await openScene('sidebar', 'first');
  await page.getByRole('button', { name: 'What are the entry points' }).dblclick();
  await expect.poll(() => host.sent('ask').length).toBe(1);
  await page.waitForTimeout(200);
  expect(host.sent('ask')).toHaveLength(1);
});

test('completes files, folders and symbols with the keyboard alone', async () => {
  const { page, host } = await openScene('sidebar', 'first');
  host.completions = [
    { kind: 'folder', name: 'src', detail: '' },
    { kind: 'folder', name: 'my docs', detail: '' },
  ];
  const question = page.getByRole('textbox', box);
  await question.pressSequentially('What is in #folder:d');
  const options = page.getByRole('listbox').getByRole('option');
  await expect.poll(() => options.allTextContents()).toEqual(['src', 'my docs']);
  expect(host.sent('complete').at(-1)).toEqual({ kind: 'folder', typed: 'd' });
  await question.press('ArrowDown');
  const chosen = await question.getAttribute('aria-activedescendant');
  expect(await page.locator(`#${chosen}`).textContent()).toBe('my docs');
  await question.press('Enter');
  await expect.poll(() => question.inputValue()).toBe('What is in #folder:"my docs" ');
  expect(await options.count()).toBe(0);
  expect(host.sent('ask')).toEqual([]);
  await question.pressSequentially('and #s');
  await options.first().waitFor();
  await question.press('Escape');
  await question.press('Enter');
  await expect
    .poll(() => host.sent('ask'))
    .toEqual([{ question: 'What is in #folder:"my docs" and #s', attachments: [] }]);
});

test('the completion that is chosen is in sight', async () => {
  const { page, host } = await openScene('sidebar', 'first');
  host.completions = Array.from(
    { length: 12 },
    (_, at) => ({ kind: 'file', name: `src/${at}.ts`, detail: '' }) as const,
  );
  const question = page.getByRole('textbox', box);
  await question.pressSequentially('#s');
  const [list, last] = [page.getByRole('listbox'), page.getByRole('option').last()];
  await last.waitFor();
  await question.press('ArrowUp');
  const bottom = (element: HTMLElement | SVGElement) => Math.floor(element.getBoundingClientRect().bottom);
  await expect.poll(() => last.evaluate(bottom)).toBeLessThanOrEqual(await list.evaluate(bottom));
});

test('offers questions to begin with', async () => {
  const { page, host } = await openScene('sidebar', 'first');
  await page.getByRole('button', { name: 'What are the entry points of shop?' }).click();
  expect(host.sent('ask')).toEqual([{ question: 'What are the entry points of shop?', attachments: [] }]);
});

test('cannot be asked without a folder, and says what to do', async () => {
  const { page, host } = await openScene('sidebar', 'no-folder');
  expect(await page.getByRole('textbox', box).isDisabled()).toBe(true);
  await page.getByRole('button', { name: 'Open Folder' }).click();
  expect(host.sent('openFolder')).toHaveLength(1);
});

test('stops a run, opens its panel, and says what the root does', async () => {
  const { page, host } = await openScene('sidebar', 'running');
  const entry = page.getByRole('article');
  expect(await entry.textContent()).toContain('cell 2: 4 of 12 sub-agents done');
  await entry.getByRole('button', { name: /^stop/i }).click();
  await entry.getByRole('button', { name: /agents/ }).click();
  expect(host.sent('stop')).toEqual([{ runId: demoRunId }]);
  expect(host.sent('openPanel')).toEqual([{ runId: demoRunId }]);
});

test('opens citations, the report, the new place of a moved one; copies and saves', async () => {
  const { page, host } = await openScene('sidebar', 'stale');
  await page.getByRole('button', { name: 'packages/http/src/bucket.ts:40-43 stale' }).click();
  await page.getByRole('button', { name: /use lines 44-47/ }).click();
  await page
    .getByRole('button', {
      name: /Searched 4,812 of 4,812 loaded files with 5 patterns: 46 of 1,203 hits .* · 37 left out/,
    })
    .click();
  await page.getByRole('button', { name: 'Copy answer' }).click();
  await page.getByRole('button', { name: 'Save as Markdown' }).click();
  expect(host.sent('openCitation')).toEqual([{ runId: demoRunId, index: 1 }]);
  expect(host.sent('reanchor')).toEqual([{ runId: demoRunId, index: 1 }]);
  expect(host.sent('showLeftOut')).toEqual([{ runId: demoRunId }]);
  expect(host.sent('copy')).toMatchObject([{ text: expect.stringContaining('**token bucket') }]);
  expect(host.sent('saveMarkdown')).toEqual([{ runId: demoRunId }]);
});

test('a failed run says what happened and asks again on request', async () => {
  const { page, host } = await openScene('sidebar', 'failed');
  expect(await page.locator('.notice').textContent()).toContain('cannot be reached');
  await page.getByRole('button', { name: 'Choose model' }).click();
  await page.getByRole('button', { name: 'Ask again' }).click();
  expect(host.sent('chooseModel')).toHaveLength(1);
  expect(host.sent('retry')).toEqual([{ runId: demoRunId }]);
});

test('a run at its limit says which models it had, and goes on with more on request', async () => {
  const { page, host } = await openScene('sidebar', 'limit');
  expect(await page.locator('article').textContent()).toContain('openai:gpt-5, as chosen');
  await page.getByRole('button', { name: 'Go on with more budget' }).click();
  expect(host.sent('goOn')).toEqual([{ runId: demoRunId }]);
});

test.each([
  ['failed', 'Ask again', 'retry'],
  ['limit', 'Go on with more budget', 'goOn'],
] as const)('what helps a run (%s: %s) is asked for once, also with a double click', async (scene, name, request) => {
  for (const view of ['sidebar', 'panel'] as const) {
    const { page, host } = await openScene(view, scene);
    await page.getByRole('button', { name }).dblclick();
    await expect.poll(() => host.sent(request).length).toBe(1);
    await page.waitForTimeout(200);
    expect(host.sent(request).length, view).toBe(1);
  }
});

test('what a question is likely to take stands beside the models', async () => {
  const host = sceneHost('first');
  host.converse({ estimate: 'About 4.0 s · $0.20 (median of 3 earlier questions here)' });
  const { page } = await openView('sidebar', host);
  await page.getByText('About 4.0 s').waitFor();
});

test('what streams in takes neither focus nor place from the one who reads and writes', async () => {
  const events = demoEnded();
  const host = sceneHost('running');
  const { page } = await openView('sidebar', host, { height: 300 });
  const question = page.getByRole('textbox', box);
  await question.fill('half a ques');
  await page.locator('main').evaluate((main) => main.scrollTo(0, 0));
  const played = demoRunning().events.length;
  host.play(demoRunId, events.slice(played));
  await page.getByText('token bucket kept per client').waitFor();
  expect(await question.inputValue()).toBe('half a ques');
  expect(await question.evaluate((element) => element === document.activeElement)).toBe(true);
  expect(await page.locator('main').evaluate((main) => main.scrollTop)).toBe(0);
});

test('speaks of a run when its state changes, not with every event', async () => {
  const host = sceneHost('running');
  const { page } = await openView('sidebar', host);
  await page.getByRole('article').waitFor();
  await page.evaluate(() => {
    const said: string[] = [];
    (globalThis as unknown as { said: string[] }).said = said;
    const status = document.querySelector('[role="status"]');
    if (status !== null)
      new MutationObserver(() => said.push(status.textContent)).observe(status, {
        ...{ characterData: true, childList: true, subtree: true },
      });
  });
  for (const event of demoEnded().slice(demoRunning().events.length)) host.play(demoRunId, [event]);
  await page.getByText('Copy', { exact: true }).waitFor();
  const said = await page.evaluate(() => (globalThis as unknown as { said: string[] }).said);
  expect(said.at(-1)).toBe('Question: answered');
  expect(said.length).toBeLessThan(6);
});

test('a page that is closed and opened again shows the same: draft, answer, scroll', async () => {
  const host = sceneHost('answered');
  const first = await openView('sidebar', host, { height: 400 });
  await first.page.getByRole('textbox', box).fill('next question');
  await first.page.getByText('Copy', { exact: true }).waitFor();
  await first.page.locator('main').evaluate((main) => main.scrollTo(0, 120));
  await expect.poll(() => first.view.saved).toMatchObject({ draft: 'next question', scroll: 120 });
  const text = await first.page.locator('main').textContent();
  await first.view.close();
  const second = await openView('sidebar', host, { height: 400, saved: first.view.saved });
  await second.page.getByText('Copy', { exact: true }).waitFor();
  expect(await second.page.locator('main').textContent()).toBe(text);
  expect(await second.page.getByRole('textbox', box).inputValue()).toBe('next question');
  expect(await second.page.locator('main').evaluate((main) => main.scrollTop)).toBe(120);
});

test('a page that is opened again is where it was, also when the run is sent in many batches', async () => {
  const host = runHost([...hugeRun(1000), ...demoEnded('answered', '', 'A part.\n\n'.repeat(100)).slice(-2)]);
  const { page } = await openView('sidebar', host, { height: 400, saved: { scroll: 1500 } });
  await page.getByText('Copy', { exact: true }).waitFor();
  await expect.poll(() => page.locator('main').evaluate((main) => main.scrollTop)).toBe(1500);
});

test('the conversation scrolls, not the page with the question box', async () => {
  const { page } = await openView('sidebar', sceneHost('answered'), { width: 200, height: 300 });
  await page.getByText('Copy', { exact: true }).waitFor();
  expect(await page.locator('main').evaluate((main) => main.scrollHeight > main.clientHeight)).toBe(true);
  expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBe(300);
});

test('keeps to its policy: no error, nothing asked of the network', async () => {
  const { view, page } = await openScene('sidebar', 'answered');
  await page.locator('.t-keyword').first().waitFor();
  expect(view.errors).toEqual([]);
  expect(view.strangers).toEqual([]);
});

test('waits for a host that says nothing', async () => {
  const host = new FakeHost({
    ...{ conversationId: 'c', entries: [], estimate: '', folders: [], readiness: { kind: 'ready' }, starters: [] },
    models: { root: 'a', sub: 'a', local: false, sentence: 'a, as chosen' },
  });
  host.refusals.set('ready', 'not now');
  const { page } = await openView('sidebar', host);
  expect(await page.getByRole('alert').textContent()).toContain('not now');
});

test('an older answer of a long conversation is folded, and shown when it is wanted', async () => {
  const host = sceneHost('first');
  const entry = { runId: demoRunId, question: 'Who fills it?', attachments: [], models: '', running: false };
  host.converse({ entries: [{ ...entry, folded: true }] });
  const { page } = await openView('sidebar', host);
  await page.getByRole('button', { name: 'Show answer' }).click();
  await expect.poll(() => host.sent('unfold')).toEqual([{ runId: demoRunId }]);
  host.converse({ entries: [{ ...entry, folded: false }] });
  host.play(demoRunId, demoEnded());
  await page.getByText('Copy', { exact: true }).waitFor();
  expect(await page.getByRole('button', { name: 'Show answer' }).count()).toBe(0);
});
