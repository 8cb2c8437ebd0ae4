import { describe, expect, test } from 'vitest';
import type { SceneName } from './harness/scenes.ts';
import { openScene, useStage } from './harness/stage.ts';
import type { ThemeName } from './harness/view-page.ts';

useStage();

const themes: readonly ThemeName[] = ['light', 'dark', 'hc', 'hc-light'];
const scenes: readonly SceneName[] = ['first', 'no-folder', 'running', 'stale', 'failed', 'extreme'];

describe.each(themes)('in the theme %s', (theme) => {
  test.each(scenes)('axe finds nothing in the sidebar: %s', async (scene) => {
    const { view, page } = await openScene('sidebar', scene, { theme });
    await page.waitForTimeout(200);
    expect(await view.axe()).toEqual([]);
  });

  test.each(scenes)('axe finds nothing in the panel: %s', async (scene) => {
    const { view, page } = await openScene('panel', scene, { theme });
    await page.waitForTimeout(200);
    expect(await view.axe()).toEqual([]);
  });

  test('axe finds nothing in a narrow panel', async () => {
    const { view } = await openScene('panel', 'stale', { theme, width: 400 });
    expect(await view.axe()).toEqual([]);
  });
});

test('who wants no motion gets none', async () => {
  const { page } = await openScene('sidebar', 'running');
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const spinning = page.locator('.codicon-modifier-spin').first();
  expect(await spinning.evaluate((icon) => getComputedStyle(icon).animationName)).toBe('none');
});

test('at 200 % zoom nothing is cut off at the side', async () => {
  const { page } = await openScene('sidebar', 'stale', { width: 160 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
});
