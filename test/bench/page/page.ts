import type { Figure } from '../support/figure.ts';
import { numberText } from '../support/table.ts';
import { bar } from './bar.ts';
import type { Published, PublishedGroup } from './published.ts';
import { style } from './style.ts';

/** One page with every figure, that needs nothing beside it. */
export function pageOf({ groups }: Published): string {
  const figures = groups.flatMap((group) => group.figures);
  const targets = figures.filter(({ target }) => target !== undefined);
  const met = targets.filter(({ target }) => target?.met);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Ask Codebase: figures</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>Ask Codebase: figures</h1>
<p class="lead">${figures.length} figures, ${met.length} of ${targets.length} targets met. Every ratio is of two things measured in one
run on one machine; times alone say little. <code>npm run bench -- --publish</code> measures them anew.</p>
<p class="key">${bar({ ratio: 0.1, kind: 'times', limit: undefined })} left of the middle line: less than what it is compared
with; right of it: more. The scale is logarithmic, from a thousandth to a thousandfold. A tick marks the target.</p>
${groups.map(section).join('\n')}
</main>
</body>
</html>
`;
}

function section({ group, figures, notes, at, machine, seconds }: PublishedGroup): string {
  const { cores, cpu, memoryGb, node, pyodide, platform, load } = machine;
  const about = `${at.slice(0, 10)}, ${cores} cores (${cpu}), ${memoryGb} GB, ${platform}, load ${load} when it began; Node ${node}, Pyodide ${pyodide}; ${seconds} s`;
  return `<section aria-labelledby="${group}">
<h2 id="${group}">${escaped(group)}</h2>
<div class="scroll" tabindex="0" role="region" aria-labelledby="${group}">
<table>
<colgroup><col class="figure"><col class="measured"><col class="against"><col class="ratio"><col class="drawn"><col></colgroup>
<thead><tr><th scope="col">Figure</th><th scope="col">Measured</th><th scope="col">Against</th><th scope="col" colspan="2">Ratio</th><th scope="col">Target</th></tr></thead>
<tbody>
${figures.map(row).join('\n')}
</tbody>
</table>
</div>
<p class="notes">${[about, ...notes].map(escaped).join('<br>')}</p>
</section>`;
}

function row(figure: Figure): string {
  const { name, unit, measured, baseline, ratio, target, note } = figure;
  const spread =
    measured.count > 1
      ? ` <small>${numberText(measured.min)}–${numberText(measured.max)}, n ${measured.count}</small>`
      : '';
  const against = baseline
    ? `${numberText(baseline.value.median)} ${unit} <small>${escaped(baseline.name)}</small>`
    : '';
  const shown = ratio ? `${numberText(ratio.value)}×${ratio.kind === 'times' ? '' : ' faster'}` : '';
  const drawn = ratio ? bar({ ratio: ratio.value, kind: ratio.kind, limit: limitOf(figure) }) : '';
  const verdict = target
    ? `<span class="${target.met ? 'met' : 'missed'}">${target.met ? '✓ met' : '✗ missed'}</span> <small>${escaped(target.text)}</small>`
    : '';
  return `<tr><th scope="row">${escaped(note === undefined ? name : `${name} (${note})`)}</th><td>${numberText(measured.median)} ${unit}${spread}</td><td>${against}</td><td class="number">${shown}</td><td>${drawn}</td><td>${verdict}</td></tr>`;
}

/** Where the target lies as a ratio; a limit on the measured value is one, too. */
function limitOf({ target, baseline }: Figure): number | undefined {
  const number = Number(/[\d.]+/.exec(target?.text ?? '')?.[0]);
  if (target === undefined || !Number.isFinite(number) || number === 0) return undefined;
  return target.text.includes('×') ? number : baseline && number / baseline.value.median;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (char) => entities[char] ?? char);
