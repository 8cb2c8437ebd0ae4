import { escapeHtml } from './escape.ts';
import { type Evaluation, type KindReport, kindReports, legendOf, overall, systemsOf } from './evaluation.ts';
import { costPlot, lengthPlots } from './figures.ts';
import { markerAt } from './marker.ts';
import { type Plot, plotSvg } from './plot.ts';
import { style } from './style.ts';
import { type Table, tableOf } from './table.ts';
import { method, resultsText } from './words.ts';

/** The report as one HTML file that needs nothing else: no script, no address, light and dark. */
export function htmlReport(evaluation: Evaluation): string {
  const { models, version, records, planned, notes } = evaluation;
  const kinds = kindReports(evaluation);
  const systems = systemsOf(records);
  const plots = kinds.flatMap((kind) => lengthPlots(kind, systems));
  const cost = costPlot(evaluation);
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Ask Codebase: evaluation</title>
<style>${style}</style>
</head>
<body>
<main>
<header>
<h1>Evaluation</h1>
<p class="facts"><span>root <b>${escapeHtml(models.root)}</b></span><span>sub-agents <b>${escapeHtml(models.sub)}</b></span><span>Ask Codebase ${escapeHtml(version)}</span><span>${escapeHtml(resultsText(records.length, planned))}</span></p>
</header>
<section aria-label="Systems">${legend(systems)}</section>
${plots.map(figure).join('\n')}
${cost === undefined ? '' : figure(cost)}
${kinds.length > 1 ? section('All items', tableOf(overall(evaluation))) : ''}
${kinds.map(kindSection).join('\n')}
<section><h2>How to read this</h2><ul>${[...notes, ...method].map((note) => `<li>${escapeHtml(note)}</li>`).join('')}</ul></section>
</main>
</body>
</html>
`;
}

const legend = (systems: readonly string[]): string =>
  `<ul class="legend">${systems
    .map(
      (system, at) =>
        `<li><svg class="series s${at % 8}" viewBox="-9 -9 18 18" width="18" height="18" aria-hidden="true">${markerAt(at, 0, 0)}</svg><span><b>${escapeHtml(system)}</b> ${escapeHtml(legendOf(system))}</span></li>`,
    )
    .join('')}</ul>`;

const figure = (plot: Plot): string =>
  `<figure><figcaption>${escapeHtml(plot.title)}</figcaption>${plotSvg(plot)}</figure>`;

const kindSection = ({ kind, items, rows }: KindReport): string =>
  section(`${kind}, ${items} ${items === 1 ? 'question' : 'questions'}`, tableOf(rows));

const section = (title: string, table: Table): string =>
  `<section><h2>${escapeHtml(title)}</h2><div class="wide" tabindex="0" role="region" aria-label="${escapeHtml(title)}">${tableHtml(table)}</div></section>`;

function tableHtml({ titles, rows }: Table): string {
  const head = titles.map((title) => `<th scope="col">${escapeHtml(title)}</th>`).join('');
  const body = rows.map(([first = '', ...rest]) => {
    const cells = rest.map((cell) => `<td>${cellHtml(cell)}</td>`).join('');
    return `<tr><th scope="row">${escapeHtml(first)}</th>${cells}</tr>`;
  });
  return `<table><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table>`;
}

/** An interval stands back behind its value. */
function cellHtml(cell: string): string {
  const [, value, interval] = /^(.+) \[(.+)\]$/.exec(cell) ?? [];
  return value === undefined || interval === undefined
    ? escapeHtml(cell)
    : `${escapeHtml(value)} <small>${escapeHtml(interval)}</small>`;
}
