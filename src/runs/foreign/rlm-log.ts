import { changeOf } from '../../agent/prompt-fit.ts';
import type { Message, Usage } from '../../models/model.ts';
import type { RunEvent } from '../events.ts';
import {
  type Fields,
  type ForeignAgent,
  ForeignRun,
  fieldsOf,
  listOf,
  numberOf,
  shown,
  textOf,
} from './foreign-run.ts';

/**
 * The log of github.com/alexzhang13/rlm (its `RLMLogger`): a `metadata` line, then an `iteration` a line: prompt, response, code
 * blocks with their results, and in each the calls that it made, with their own trajectory where they had one.
 */
export const isRlmLog = (lines: readonly unknown[]): boolean =>
  lines.some((line) => fieldsOf(line).type === 'iteration' && Array.isArray(fieldsOf(line).code_blocks));

export function readRlmLog(lines: readonly unknown[]): readonly RunEvent[] {
  const all = lines.map(fieldsOf);
  const metadata = all.find(({ type }) => type === 'metadata') ?? {};
  const iterations = all.filter(({ type }) => type === 'iteration');
  const model = textOf(metadata.root_model) || 'unknown';
  const question = questionOf(iterations[0]) || 'A run of rlm';
  const run = new ForeignRun({ at: startOf(iterations[0], 0), question, model, tool: 'rlm' });
  const root: ForeignAgent = { id: 'root', parentId: null };
  run.add(root, run.now, { type: 'agent-start', role: 'root', depth: 0, model, task: question });
  const answer = new Reader(run).iterations(root, 0, iterations);
  const outcome = answer === '' ? 'cancelled' : 'answered';
  if (answer !== '') run.add(root, run.now, { type: 'answer', content: answer });
  const ms = run.now - startOf(iterations[0], run.now);
  run.add(root, run.now, { type: 'agent-end', outcome, answer, ms });
  if (answer === '') return run.end(outcome, '', 'The log holds no final answer.');
  return run.end('answered', answer, '');
}

class Reader {
  readonly #run: ForeignRun;
  /** The latest request, by agent. */
  readonly #sent = new Map<string, readonly Message[]>();
  #made = 0;

  constructor(run: ForeignRun) {
    this.#run = run;
  }

  /** @returns the last final answer. */
  iterations(agent: ForeignAgent, depth: number, iterations: readonly Fields[]): string {
    let cell = 0;
    let answer = '';
    for (const [index, iteration] of iterations.entries()) {
      const began = startOf(iteration, this.#run.now);
      const blocks = listOf(iteration.code_blocks).map(fieldsOf);
      const cellsMs = blocks.reduce((sum, { result }) => sum + msOf(fieldsOf(result).execution_time), 0);
      const ms = Math.max(0, msOf(iteration.iteration_time) - cellsMs);
      this.#turn(agent, { began, ms, turn: index + 1, text: textOf(iteration.response), prompt: iteration.prompt });
      for (const block of blocks) {
        this.#block(agent, depth, ++cell, block);
        answer = finalOf(fieldsOf(block.result).final_answer) || answer;
      }
      answer = finalOf(iteration.final_answer) || answer;
    }
    return answer;
  }

  #turn(agent: ForeignAgent, { began, ms, turn, text, prompt }: ForeignTurn): void {
    const messages = messagesOf(prompt);
    const promptChars = messages.reduce((sum, { content }) => sum + content.length, 0);
    const request = changeOf(this.#sent.get(agent.id) ?? [], messages);
    this.#sent.set(agent.id, messages);
    this.#run.add(agent, began, { type: 'model-start', turn, promptChars, request });
    // What an iteration took is not in the log, so that what the run cost is not known.
    const usage = { promptTokens: 0, completionTokens: 0, cachedTokens: 0, estimated: true };
    this.#run.add(agent, began + ms, { type: 'model-end', turn, text, usage, costUsd: null, ms });
  }

  #block(agent: ForeignAgent, depth: number, number: number, { code, result }: Fields): void {
    const { stdout, stderr, execution_time, rlm_calls } = fieldsOf(result);
    const run = this.#run;
    const [began, ms] = [run.now, msOf(execution_time)];
    run.add(agent, began, { type: 'cell-start', cell: number, code: textOf(code) });
    for (const calls of callGroups(listOf(rlm_calls).map(fieldsOf), textOf(code))) this.#calls(agent, depth, calls);
    const error = textOf(stderr);
    run.cell(agent, began + ms, { number, output: textOf(stdout), error, failed: error.includes('Traceback'), ms });
  }

  #calls(parent: ForeignAgent, depth: number, calls: readonly Fields[]): void {
    const deep = calls.some(isDeep);
    const callId = `c${++this.#made}`;
    const op = deep ? 'rlm_query' : calls.length > 1 ? 'llm_query_batched' : 'llm_query';
    const ms = calls.reduce((most, call) => Math.max(most, msOf(call.execution_time)), 0);
    const began = this.#run.now;
    this.#run.add(parent, began, { type: 'call-start', callId, op, count: calls.length });
    for (const call of calls) this.#call(parent, depth, callId, call, began);
    const failed = calls.filter(({ error }) => textOf(error) !== '').length;
    this.#run.add(parent, began + ms, { type: 'call-end', callId, failed, ms });
  }

  #call(parent: ForeignAgent, depth: number, callId: string, call: Fields, began: number): void {
    const run = this.#run;
    const agent = { id: `a${++this.#made}`, parentId: parent.id };
    const [task, ms, error] = [promptText(call.prompt), msOf(call.execution_time), textOf(call.error)];
    const model = textOf(call.root_model) || 'unknown';
    const role = isDeep(call) ? 'rlm' : 'llm';
    const below = depth + (role === 'rlm' ? 1 : 0);
    run.add(agent, began, { type: 'agent-start', role, depth: below, model, task, callId });
    const answer = textOf(call.response);
    if (role === 'rlm') this.iterations(agent, below, listOf(fieldsOf(call.metadata).iterations).map(fieldsOf));
    else {
      run.add(agent, began, { type: 'model-start', turn: 1, promptChars: task.length });
      const { usage, costUsd } = usageOf(fieldsOf(call.usage_summary));
      run.add(agent, began, { type: 'model-end', turn: 1, text: answer, usage, costUsd, ms });
    }
    const outcome = error === '' ? 'answered' : 'failed';
    run.add(agent, run.now, { type: 'agent-end', outcome, answer: answer || error, ms });
  }
}

interface ForeignTurn {
  readonly began: number;
  readonly ms: number;
  readonly turn: number;
  readonly text: string;
  readonly prompt: unknown;
}

const isDeep = (call: Fields): boolean => listOf(fieldsOf(call.metadata).iterations).length > 0;

/** The log does not say which calls were one batch; plain calls of a cell that makes batches are taken for one. */
function callGroups(calls: readonly Fields[], code: string): readonly (readonly Fields[])[] {
  if (!/_batched\s*\(/.test(code)) return calls.map((call) => [call]);
  const [plain, deep] = [calls.filter((call) => !isDeep(call)), calls.filter(isDeep)];
  return [plain, deep].filter((group) => group.length > 0);
}

/** Seconds → milliseconds. */
const msOf = (seconds: unknown): number => Math.round(numberOf(seconds) * 1000);

/** An iteration is logged when it ends. */
function startOf(iteration: Fields | undefined, otherwise: number): number {
  const end = Date.parse(textOf(iteration?.timestamp));
  return Number.isNaN(end) ? otherwise : end - msOf(iteration?.iteration_time);
}

const messagesOf = (prompt: unknown): readonly Message[] =>
  typeof prompt === 'string'
    ? [{ role: 'user', content: prompt }]
    : listOf(prompt).map((one) => {
        const { role, content } = fieldsOf(one);
        return { role: role === 'system' || role === 'assistant' ? role : 'user', content: shown(content) };
      });

const promptText = (prompt: unknown): string =>
  Array.isArray(prompt)
    ? messagesOf(prompt)
        .map(({ content }) => content)
        .join('\n\n')
    : shown(prompt);

/** The root's prompt names the question; versions differ in how. */
function questionOf(iteration: Fields | undefined): string {
  const said = messagesOf(iteration?.prompt).filter(({ role }) => role === 'user');
  for (const { content } of said) {
    const found =
      /^Answer the following: ([\s\S]+?)(?:\n\nYour context is |$)/.exec(content) ??
      /original (?:prompt|query): "([^"]+)"/.exec(content);
    if (found?.[1] !== undefined) return found[1];
  }
  return said[0]?.content.slice(0, 400) ?? '';
}

/** Older versions wrote a pair: how it was given, and what. */
const finalOf = (final: unknown): string => shown(Array.isArray(final) ? final[1] : final);

function usageOf(summary: Fields): { readonly usage: Usage | null; readonly costUsd: number | null } {
  const models = Object.values(fieldsOf(summary.model_usage_summaries)).map(fieldsOf);
  if (models.length === 0) return { usage: null, costUsd: null };
  const sum = (name: string) => models.reduce((total, model) => total + numberOf(model[name]), 0);
  const [promptTokens, completionTokens] = [sum('total_input_tokens'), sum('total_output_tokens')];
  const usage = { promptTokens, completionTokens, cachedTokens: 0, estimated: false };
  return { usage, costUsd: models.every((model) => typeof model.total_cost === 'number') ? sum('total_cost') : null };
}
