import type { BudgetLimits } from '../../src/agent/limits.ts';

export interface ToolInput {
  readonly question: string;
  readonly scope: readonly string[];
  /** What the agent asks for; it can only lower the person's limits. */
  readonly limits: Partial<BudgetLimits>;
}

const maxQuestion = 20_000;
const maxScope = 1000;

/** Written by a model: anything may be in it. @throws Error that tells the model what to mend. */
export function readToolInput(input: unknown): ToolInput {
  const { question, scope, maxCostUsd, maxSeconds }: Readonly<Record<string, unknown>> =
    typeof input === 'object' && input !== null ? { ...input } : {};
  if (typeof question !== 'string' || question.trim() === '')
    throw new Error('ask_codebase needs a question: {"question": "…"}');
  if (question.length > maxQuestion) throw new Error(`The question is longer than ${maxQuestion} characters.`);
  if (scope !== undefined && !isTexts(scope))
    throw new Error('scope has to be a list of paths: {"scope": ["src/server"]}');
  if (scope !== undefined && scope.length > maxScope) throw new Error(`scope holds more than ${maxScope} paths.`);
  return {
    question: question.trim(),
    scope: scope ?? [],
    limits: { ...limitOf('maxCostUsd', maxCostUsd, 0), ...limitOf('maxSeconds', maxSeconds, 1) },
  };
}

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');

function limitOf(name: 'maxCostUsd' | 'maxSeconds', value: unknown, min: number): Partial<BudgetLimits> {
  if (value === undefined || value === null) return {};
  if (typeof value !== 'number' || !Number.isFinite(value) || value < min)
    throw new Error(`${name} has to be a number from ${min}.`);
  return { [name]: value };
}
