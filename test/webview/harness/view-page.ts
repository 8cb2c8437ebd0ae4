import { readFileSync } from 'node:fs';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { ViewKind } from '../../../extension/core/view-hub.ts';
import { defaultStyles } from './default-styles.ts';
import type { FakeHost } from './fake-host.ts';

export type ThemeName = 'light' | 'dark' | 'hc' | 'hc-light';

interface Theme {
  readonly id: string;
  readonly bodyClass: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** As VS Code 1.139 hands them to its webviews. */
const themes = JSON.parse(readFileSync(new URL('./themes.json', import.meta.url), 'utf8')) as Readonly<
  Record<ThemeName, Theme>
>;

export interface ViewOptions {
  readonly kind: ViewKind;
  readonly host: FakeHost;
  readonly url: string;
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  /** What an earlier page of this view saved. */
  readonly saved?: unknown;
  /** Milliseconds since the epoch that the page believes it is. */
  readonly now?: number;
  readonly scale?: number;
}

/** A view in a browser, with all around it that VS Code would give. */
export class ViewPage {
  readonly page: Page;
  /** Errors, policy violations and refused loads among them. */
  readonly errors: string[] = [];
  /** Addresses asked for that are not the view's own files. */
  readonly strangers: string[] = [];
  #saved: unknown;
  readonly #context: BrowserContext;

  private constructor(context: BrowserContext, page: Page) {
    this.#context = context;
    this.page = page;
  }

  static async open(browser: Browser, options: ViewOptions): Promise<ViewPage> {
    const { kind, host, url, width = 320, height = 800, scale = 1 } = options;
    const context = await browser.newContext({ viewport: { width, height }, deviceScaleFactor: scale });
    const view = new ViewPage(context, await context.newPage());
    const { page } = view;
    view.#saved = options.saved;
    view.#listen(url);
    const receive = host.attach(kind, (frame) => void page.evaluate(dispatch, frame).catch(() => undefined));
    await page.exposeBinding('fromView', (_source, frame: unknown) => receive(frame));
    await page.exposeBinding('saveOfView', (_source, state: unknown) => {
      view.#saved = state;
    });
    if (options.now !== undefined) await page.clock.setFixedTime(options.now);
    await page.addInitScript(surround, {
      theme: themes[options.theme ?? 'dark'],
      styles: defaultStyles,
      saved: options.saved,
    });
    await page.goto(`${url}/${kind}`);
    return view;
  }

  /** What the view keeps for its next page. */
  get saved(): unknown {
    return this.#saved;
  }

  async axe(): Promise<readonly string[]> {
    return axeOn(this.page);
  }

  async close(): Promise<void> {
    await this.#context.close();
  }

  #listen(url: string): void {
    this.page.on('pageerror', (error) => this.errors.push(String(error)));
    this.page.on('console', (message) => message.type() === 'error' && this.errors.push(message.text()));
    this.page.on('request', (request) => {
      if (!request.url().startsWith(url) && !request.url().startsWith('data:')) this.strangers.push(request.url());
    });
  }
}

const axeSource = readFileSync(new URL('../../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

/** What axe finds in a page, policy or not. */
export async function axeOn(page: Page): Promise<readonly string[]> {
  await page.evaluate(axeSource);
  // What is measured after a frame is drawn.
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  return page.evaluate(runAxe);
}

const dispatch = (frame: unknown): void => {
  window.dispatchEvent(new MessageEvent('message', { data: frame }));
};

interface Surroundings {
  readonly theme: Theme;
  readonly styles: string;
  readonly saved: unknown;
}

/** Runs in the page before its script: what VS Code's webview frame puts there. */
function surround({ theme, styles, saved }: Surroundings): void {
  const scope = globalThis as unknown as Record<string, (frame: unknown) => void> & { acquireVsCodeApi: unknown };
  scope.acquireVsCodeApi = () => ({
    postMessage: (frame: unknown) => scope.fromView?.(frame),
    getState: () => saved,
    setState: (state: unknown) => scope.saveOfView?.(state),
  });
  const dress = () => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
    document.adoptedStyleSheets = [sheet];
    for (const [name, value] of Object.entries(theme.variables))
      document.documentElement.style.setProperty(name, value);
    const body = () => document.body?.classList.add(...theme.bodyClass.split(' '));
    if (document.body) body();
    else new MutationObserver(body).observe(document.documentElement, { childList: true });
  };
  if (document.documentElement) dress();
  else document.addEventListener('readystatechange', dress, { once: true });
}

async function runAxe(): Promise<string[]> {
  const { axe } = globalThis as unknown as {
    axe: {
      run(root: Document): Promise<{
        violations: { id: string; nodes: { target: unknown; html: string; any: { message: string }[] }[] }[];
      }>;
    };
  };
  const { violations } = await axe.run(document);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, html, any }) => `${id} ${target}: ${html.slice(0, 200)} (${any[0]?.message ?? ''})`),
  );
}
