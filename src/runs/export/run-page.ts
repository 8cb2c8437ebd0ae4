import { formatRange } from '../../citations/verify.ts';
import type { RunEvent } from '../events.ts';
import type { RunState } from '../run-state.ts';

/** What the page is made of besides the run: the bundle of `webview/page`. */
export interface PageAssets {
  readonly script: string;
  readonly style: string;
  /** SHA-256 in Base64, for the page's policy. */
  readonly digest: (text: string) => string;
}

/**
 * A run as one HTML file that needs nothing else. Its policy allows exactly this script and this style and no address at all;
 * the run is data in it, which the script makes elements of. Without scripts it shows the answer as text.
 */
export function runPage(events: readonly RunEvent[], run: RunState, assets: PageAssets): string {
  const { style, digest } = assets;
  // In strings and expressions, where alone the bundle has it; in a page it would begin a comment.
  const script = assets.script.replaceAll('<!--', '\\x3c!--');
  if (/<\/script/i.test(script) || /<\/style/i.test(style)) throw new Error('The page cannot hold its own script.');
  const policy = [
    "default-src 'none'",
    `script-src 'sha256-${digest(script)}'`,
    `style-src 'sha256-${digest(style)}'`,
    'font-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(oneLine(run.question).slice(0, 120))}</title>
<style>${style}</style>
</head>
<body>
<div id="root">${withoutScript(run)}</div>
<script type="application/json" id="run">${dataText(events)}</script>
<script>${script}</script>
</body>
</html>
`;
}

function withoutScript({ question, answer, citations }: RunState): string {
  const rows = citations.map(
    (citation) =>
      `<h2>${escapeHtml(`${formatRange(citation)} (${citation.status})`)}</h2>\n<pre>${escapeHtml(citation.quote)}</pre>`,
  );
  return `<main>\n<h1>${escapeHtml(question)}</h1>\n<pre>${escapeHtml(answer)}</pre>\n${rows.join('\n')}\n</main>`;
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escapeHtml = (text: string): string => text.toWellFormed().replace(/[&<>"']/g, (char) => entities[char] ?? char);

/** JSON that no `</script>` and no comment can end. */
const dataText = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
