import type { CellOutput, CellResult } from '../repl/repl.ts';
import { grouped } from '../util/grouped.ts';

/** What the model is shown of a cell it ran. */
export function describeCell(cell: number, result: Pick<CellResult, 'status' | 'output' | 'error'>): string {
  const { status, output, error } = result;
  const parts = [`[cell ${cell}: ${status}]`, describeOutput(output)];
  if (error !== '') parts.push(error.trimEnd());
  if (output.totalChars === 0 && error === '') parts.push('(no output: print what you want to see)');
  return parts.filter((part) => part !== '').join('\n');
}

/** Head and tail with the size of the gap between them. */
function describeOutput({ head, tail, totalChars, totalLines, omittedChars }: CellOutput): string {
  if (omittedChars === 0) return (head + tail).trimEnd();
  const gap = `… ${grouped(omittedChars)} of ${grouped(totalChars)} characters left out here (${grouped(totalLines)} lines printed in all); print less, or keep it in a variable …`;
  return `${head.trimEnd()}\n[${gap}]\n${tail.trim()}`;
}

/** The closing lines of an observation: what is there to work with. */
export function describeState({ variables, answer }: CellResult): string {
  const names =
    variables.length === 0 ? 'none' : variables.slice(0, 40).join(', ') + (variables.length > 40 ? ', …' : '');
  const state =
    answer.content === ''
      ? 'empty'
      : `${grouped(answer.content.length)} characters, ready = ${answer.ready ? 'True' : 'False'}`;
  return `[variables: ${names}]\n[answer: ${state}]`;
}
