import { type Evaluation, kindReports, legendOf, overall, scoreOf, systemsOf } from './evaluation.ts';
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
    ...kinds.flatMap(({ kind, items, rows, byLength, scored }) => [
      `## ${kind} (${items} questions)`,
      markdownTable(tableOf(rows)),
      ...(byLength.length === 0 ? [] : [`By length of the context (${scored}):`, lengthTable(byLength)]),
    ]),
    '## Notes',
    [...notes, ...method].map((note) => `- ${note}`).join('\n'),
  ];
  return `${parts.join('\n\n')}\n`;
}

function lengthTable(byLength: ReturnType<typeof kindReports>[number]['byLength']): string {
  const systems = [...new Set(byLength.flatMap(({ rows }) => rows.map(({ system }) => system)))];
  const rows = systems.map((system) => [
    system,
    ...byLength.map((one) => {
      const summary = one.rows.find((row) => row.system === system)?.summary;
      const score = summary === undefined ? null : scoreOf(summary);
      return score === null ? '–' : `${(score.mean * 100).toFixed(0)} % (${score.n})`;
    }),
  ]);
  return markdownTable({ titles: ['system', ...byLength.map(({ tokens }) => lengthText(tokens))], rows });
}
