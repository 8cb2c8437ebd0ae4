import type { RunEvent } from '../events.ts';
import { type Fields, type ForeignAgent, ForeignRun, fieldsOf, numberOf, shown, textOf } from './foreign-run.ts';

const kinds = ['agent_start', 'agent_end', 'execution_result', 'code_generated', 'final_result'];

/** The log of github.com/avbiswas/fast-rlm: one line a step, of all agents as they happened, each with its run and its parent's. */
export const isFastRlmLog = (lines: readonly unknown[]): boolean =>
  lines.map(fieldsOf).some(({ run_id, event_type }) => textOf(run_id) !== '' && kinds.includes(textOf(event_type)));

interface Line extends Fields {
  /** Its place in the log. */
  readonly at: number;
}

interface Node {
  readonly id: string;
  readonly parentId: string | null;
  readonly lines: Line[];
  readonly children: Node[];
}

export function readFastRlmLog(lines: readonly unknown[]): readonly RunEvent[] {
  const nodes = nodesOf(lines.map(fieldsOf));
  const root = nodes[0];
  if (root === undefined) return [];
  const question = questionOf(root) || 'A run of fast-rlm';
  const run = new ForeignRun({ at: timeOf(root.lines[0]), question, model: 'unknown', tool: 'fast-rlm' });
  const answer = writeAgent(run, root, { depth: 0 });
  if (answer === undefined) return run.end('cancelled', '', 'The log holds no final result.');
  return run.end('answered', answer, '');
}

/** By their first line; the root is the first without a parent. A log cut at its beginning has parents nobody knows: theirs is the root. */
function nodesOf(lines: readonly Fields[]): readonly Node[] {
  const nodes = new Map<string, Node>();
  for (const [at, line] of lines.entries()) {
    const id = textOf(line.run_id);
    if (id === '') continue;
    const node = nodes.get(id) ?? { id, parentId: textOf(line.parent_run_id) || null, lines: [], children: [] };
    nodes.set(id, node);
    node.lines.push({ ...line, at });
  }
  const all = [...nodes.values()];
  const root = all.find(({ parentId }) => parentId === null) ?? all[0];
  if (root === undefined) return [];
  for (const node of all) if (node !== root) parentOf(node, nodes, root).children.push(node);
  return [root, ...all.filter((node) => node !== root)];
}

/** Nobody's own ancestor, whatever the log says. */
function parentOf(node: Node, nodes: ReadonlyMap<string, Node>, root: Node): Node {
  const seen = new Set([node.id]);
  for (let above = nodes.get(node.parentId ?? ''); above !== undefined; above = nodes.get(above.parentId ?? '')) {
    if (above === root) return nodes.get(node.parentId ?? '') ?? root;
    if (seen.has(above.id)) return root;
    seen.add(above.id);
  }
  return root;
}

interface Place {
  readonly depth: number;
  readonly parent?: ForeignAgent;
  readonly callId?: string;
}

/** @returns its result, `undefined` when it has none. */
function writeAgent(run: ForeignRun, node: Node, { depth, parent, callId }: Place): string | undefined {
  const agent: ForeignAgent = { id: node.id, parentId: parent?.id ?? null };
  const began = timeOf(node.lines[0], run.now);
  const role = parent === undefined ? 'root' : 'rlm';
  const task = questionOf(node);
  run.add(agent, began, { type: 'agent-start', role, depth, model: 'unknown', task, ...(callId && { callId }) });
  const final = node.lines.find(({ event_type }) => event_type === 'final_result');
  const steps = stepsOf(node);
  // A log that lost its steps still says whose the children are.
  if (steps.length === 0 && node.children.length > 0)
    writeCell(run, agent, depth, { number: 1, children: node.children });
  const last = steps.length - 1;
  for (const [index, step] of steps.entries()) {
    const upTo = index === last ? Number.POSITIVE_INFINITY : step.at;
    const after = steps[index - 1]?.at ?? -1;
    const children = node.children.filter(({ lines: [first] }) => (first?.at ?? 0) > after && (first?.at ?? 0) < upTo);
    writeStep(run, agent, depth, { step, number: index + 1, children });
  }
  const ended = node.lines.at(-1);
  const answer = shown(final?.result);
  if (role === 'root' && final !== undefined)
    run.add(agent, timeOf(final, run.now), { type: 'answer', content: answer });
  const outcome = final === undefined ? 'cancelled' : 'answered';
  const ms = timeOf(ended, began) - began;
  run.add(agent, timeOf(ended, run.now), { type: 'agent-end', outcome, answer, ms });
  return final === undefined ? undefined : answer;
}

/** Its steps; of a step that was logged when written and when run, the latter. */
function stepsOf({ lines }: Node): readonly Line[] {
  const steps = lines.filter(({ event_type }) => event_type === 'execution_result' || event_type === 'code_generated');
  return steps.filter((line, index) => steps[index + 1]?.step !== line.step || line.step === undefined);
}

interface WrittenStep {
  readonly step: Line;
  readonly number: number;
  readonly children: readonly Node[];
}

function writeStep(run: ForeignRun, agent: ForeignAgent, depth: number, { step, number, children }: WrittenStep): void {
  const [began, logged] = [run.now, timeOf(step, run.now)];
  const handedOn = children.reduce((first, { lines }) => Math.min(first, timeOf(lines[0], logged)), logged);
  const [code, reasoning] = [textOf(step.code), textOf(step.reasoning)];
  const usage = fieldsOf(step.usage);
  // The first step looks at the context without a model.
  if (numberOf(usage.total_tokens) > 0 || reasoning !== '') {
    const { prompt_tokens, completion_tokens, cached_tokens, cost } = usage;
    const tokens = { promptTokens: numberOf(prompt_tokens), completionTokens: numberOf(completion_tokens) };
    const spent = { ...tokens, cachedTokens: numberOf(cached_tokens), estimated: false };
    const text = code === '' ? '' : `\`\`\`repl\n${code}\n\`\`\``;
    run.add(agent, began, { type: 'model-start', turn: number, promptChars: 0 });
    const body = { type: 'model-end', turn: number, text, ms: Math.max(0, handedOn - began) } as const;
    const costUsd = typeof cost === 'number' ? cost : null;
    run.add(agent, handedOn, { ...body, usage: spent, costUsd, ...(reasoning !== '' && { reasoning }) });
  }
  if (code === '' && children.length === 0) return;
  writeCell(run, agent, depth, { number, children, step, began: handedOn });
}

interface WrittenCell extends Omit<WrittenStep, 'step'> {
  readonly step?: Line;
  readonly began?: number;
}

function writeCell(run: ForeignRun, agent: ForeignAgent, depth: number, cell: WrittenCell): void {
  const { number, children, step, began = run.now } = cell;
  run.add(agent, began, { type: 'cell-start', cell: number, code: textOf(step?.code) });
  if (children.length > 0) writeCall(run, agent, depth, number, children);
  const output = textOf(step?.output).replace(/^\[FULL OUTPUT SHOWN\]\.\.\. /, '');
  const logged = timeOf(step, run.now);
  const failed = step?.hasError === true;
  run.cell(agent, logged, { number, output, error: '', failed, ms: Math.max(0, logged - began) });
}

function writeCall(run: ForeignRun, agent: ForeignAgent, depth: number, cell: number, children: readonly Node[]): void {
  const callId = `cell ${cell}`;
  const began = run.now;
  run.add(agent, began, { type: 'call-start', callId, op: 'llm_query', count: children.length });
  let failed = 0;
  for (const child of children) {
    writeAgent(run, child, { depth: depth + 1, parent: agent, callId });
    if (!child.lines.some(({ event_type }) => event_type === 'final_result')) failed++;
  }
  run.add(agent, run.now, { type: 'call-end', callId, failed, ms: run.now - began });
}

const timeOf = (line: Fields | undefined, otherwise = 0): number => {
  const at = Date.parse(textOf(line?.time));
  return Number.isNaN(at) ? otherwise : at;
};

/** The first step prints the context, or its beginning and end: what the agent was asked stands there. */
function questionOf({ lines }: Node): string {
  const output = textOf(lines.find(({ step }) => step === 0)?.output);
  const printed = /(?:First 500 characters of str\(context\):|\nContext:)\s+([\s\S]*)/.exec(output)?.[1] ?? '';
  return (printed.split('\n---\nLast 500 characters')[0] ?? '').trim();
}
