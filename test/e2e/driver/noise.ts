import type { ConsoleMessage, Page } from 'playwright-core';

/** The product's views, and what VS Code says of the product's extension. Everything else is VS Code's own noise. */
const ours = /\/dist\/webview\/|\[ask-codebase\.ask-codebase\]|\baskCodebase\b/;

/** The errors of the product that a window logs from now on. */
export function consoleErrors(page: Page): readonly string[] {
  const errors: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' && isOurs(message)) errors.push(message.text().slice(0, 500));
  });
  page.on('pageerror', (error) => {
    if (ours.test(String(error.stack))) errors.push(String(error.stack).slice(0, 500));
  });
  return errors;
}

/** A breach of a view's content security policy is told in the frame that holds the view. */
const isOurs = (message: ConsoleMessage): boolean =>
  ours.test(message.text()) ||
  ours.test(message.location().url) ||
  (/\/fake\.html/.test(message.location().url) && /Content Security Policy/.test(message.text()));
