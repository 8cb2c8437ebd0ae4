import { type Measure, measures } from '../summary.ts';
import { type Evaluation, type KindReport, kindReports, legendOf, overall, systemsOf } from './evaluation.ts';
import { markdownTable, tableOf } from './table.ts';
import { lengthText, method, resultsText } from './words.ts';

/** The report for reading in a terminal or a repository. */
export function markdownReport(evaluation: Evaluation): string {
  const { models, version, records, planned, notes } = evaluation;
  const kinds = kindReports(evaluation);
  const parts = [
    '# Evaluation',
    `Root \`${models.root}\`, sub-agents \`${models.sub}\`; Ask Codebase ${version}; ${resultsText(records.length, planned)}.`,
    systemsOf(records)
      .map((system) => `- \`${system}\`: ${legendOf(system)}`)
      .join('\n'),
    ...(kinds.length > 1 ? ['## All', markdownTable(tableOf(overall(evaluation)))] : []),
    ...kinds.flatMap(({ kind, items, rows, byLength, measures: some }) => [
      `## ${kind} (${items} questions)`,
      markdownTable(tableOf(rows)),
      ...(byLength.length === 0
        ? []
        : some.flatMap((one) => [`By length of the context, ${measures[one]}:`, lengthTable(byLength, one)])),
    ]),
    '## Notes',
    [...notes, ...method].map((note) => `- ${note}`).join('\n'),
  ];
  return `${parts.join('\n\n')}\n`;
}

function lengthTable(byLength: KindReport['byLength'], measure: Measure): string {
  const systems = [...new Set(byLength.flatMap(({ rows }) => rows.map(({ system }) => system)))];
  const rows = systems.map((system) => [
    system,
    ...byLength.map((one) => {
      const summary = one.rows.find((row) => row.system === system)?.summary;
      const score = summary?.[measure] ?? null;
      return score === null ? '–' : `${(score.mean * 100).toFixed(0)} % (${score.n})`;
    }),
  ]);
  return markdownTable({ titles: ['system', ...byLength.map(({ tokens }) => lengthText(tokens))], rows });
}
