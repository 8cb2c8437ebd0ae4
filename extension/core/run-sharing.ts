import type { ExportFormat } from '../../src/runs/export/formats.ts';
import { cost, duration, fullCount } from '../../src/runs/format.ts';
import type { RunState } from '../../src/runs/run-state.ts';
import type { moreBudget } from './more-budget.ts';

export interface ExportChoice {
  readonly label: string;
  readonly detail: string;
  readonly format: ExportFormat;
  readonly extension: string;
}

export const exportChoices: readonly ExportChoice[] = [
  { label: 'HTML page', detail: 'The whole run in one file that any browser opens', format: 'html', extension: 'html' },
  { label: 'Markdown', detail: 'The answer, what it cites and where it is from', format: 'md', extension: 'md' },
  { label: 'JSON', detail: 'All of it as data; `ask-codebase log` opens it', format: 'json', extension: 'json' },
  {
    ...{ label: 'Training: chat messages', format: 'sft', extension: 'jsonl' },
    detail: 'Every agent’s conversation, with what the model wrote marked (docs/training-export.md)',
  },
  {
    ...{ label: 'Training: rollouts', format: 'verifiers', extension: 'jsonl' },
    detail: 'The same as prompt, completion and reward',
  },
];

/** `where-is-the-retry-budget-decided.html` */
export function exportName(question: string, { extension }: ExportChoice): string {
  const words = question.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const name = words.slice(0, 8).join('-').slice(0, 60);
  return `${name || 'run'}.${extension}`;
}

interface RerunChoice {
  readonly label: string;
  readonly description: string;
  readonly how: 'model' | 'budget' | 'same';
}

export const rerunChoices = (
  { root, sub }: RunState['models'],
  { maxCalls, maxTokens, maxCostUsd, maxSeconds }: ReturnType<typeof moreBudget>,
): readonly RerunChoice[] => [
  { label: 'With another model…', description: `it was ${root === sub ? root : `${root} with ${sub}`}`, how: 'model' },
  {
    label: 'With twice the budget',
    description: `${fullCount(maxCalls)} calls, ${fullCount(maxTokens)} tokens, ${cost(maxCostUsd)}, ${duration(maxSeconds * 1000)}`,
    how: 'budget',
  },
  { label: 'With the settings as they are now', description: '', how: 'same' },
];
