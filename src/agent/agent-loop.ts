import { parseCitations } from '../citations/parse.ts';
import type { ModelFailure } from '../models/model.ts';
import { profiles } from '../models/profiles/profile.ts';
import type { AnswerState, CellResult } from '../repl/repl.ts';
import type { RunEventBody } from '../runs/events.ts';
import { describeWorkspace } from '../workspace/corpus-map.ts';
import { messageOf } from './agent-life.ts';
import { AgentRepl, replOptions } from './agent-repl.ts';
import { BestAnswer } from './best-answer.ts';
import { parseCodeBlocks, proseAround } from './code-blocks.ts';
import { Dialogue } from './dialogue.ts';
import { begunAnswerIn, begunFinalText, parseFinalText } from './final-text.ts';
import { callModel, estimateCall, type ModelReply } from './model-call.ts';
import { describeCell, describeState } from './observation.ts';
import { childOpening, followUpOpening, nudges, rootOpening, systemPrompt } from './prompts.ts';
import {
  type Agent,
  type AgentFiles,
  type AgentResult,
  type AnswerReview,
  type RunAgent,
  type RunContext,
  stopReasonOf,
} from './run-context.ts';
import { SubCalls } from './sub-calls.ts';

/** Runs one agent with a REPL from its first turn to its answer; when it ends, all below it have. */
export const runAgent: RunAgent = async (run, agent, files, review) => {
  const turn = agent.role === 'root' ? run.turn : undefined;
  const subCalls = new SubCalls(run, agent, files, runAgent);
  const options = replOptions(agent, files, subCalls.onCall);
  const { told, held } = (await turn?.resume(run, agent, options)) ?? { told: '' };
  const repl = new AgentRepl(run, agent, options, held);
  try {
    return await new AgentLoop(run, agent, files, review, repl, told).toAnswer();
  } finally {
    const left = repl.leave();
    if (turn === undefined) await left?.close();
    else turn.leave(left);
    await subCalls.ended();
  }
};

/** `ask-again`: the turn had no reply, and its request can be made otherwise. */
type Step = { readonly kind: 'go-on' | 'ask-again' } | { readonly kind: 'done'; readonly result: AgentResult };
type Nudge = Extract<RunEventBody, { type: 'nudge' }>['reason'];

/** Who has looked around already needs less of a map. */
const followUpMapChars = 1500;

const goOn: Step = { kind: 'go-on' };

class AgentLoop {
  readonly #run: RunContext;
  readonly #agent: Agent;
  readonly #review: AnswerReview;
  readonly #repl: AgentRepl;
  readonly #dialogue: Dialogue;
  readonly #best = new BestAnswer();
  #reviewed = false;
  #toldLast = false;
  #repliesWithoutCode = 0;
  #cellEndedWell = false;
  /** Set once this turn has to be the last: why, and whether a finished answer still counts as whole. */
  #last: { readonly why: string; readonly outcome: 'answered' | 'exhausted' } | undefined;

  /** @param told what the root is told of earlier questions. */
  constructor(run: RunContext, agent: Agent, files: AgentFiles, review: AnswerReview, repl: AgentRepl, told: string) {
    this.#run = run;
    this.#agent = agent;
    this.#review = review;
    this.#repl = repl;
    const system = systemPrompt(agent, run.limits.maxDepth, agent.model.profile);
    this.#dialogue = new Dialogue(system, openingOf(agent, files, told));
  }

  async toAnswer(): Promise<AgentResult> {
    try {
      return await this.#turns();
    } catch (error) {
      return this.#agent.signal.aborted ? this.#stopped().result : this.#best.giveUp('failed', messageOf(error));
    }
  }

  async #turns(): Promise<AgentResult> {
    for (let turn = 1; ; turn++) {
      if (this.#last === undefined) this.#noticeLastTurn(turn);
      const final = this.#last;
      if (final !== undefined) this.#tellLast(final.why);
      const reply = await this.#askModel(turn);
      const step = await this.#take(reply);
      if (step.kind === 'done') return step.result;
      if (final !== undefined && step.kind !== 'ask-again') return this.#best.giveUp('exhausted', final.why);
    }
  }

  #tellLast(why: string): void {
    if (this.#toldLast) return;
    this.#toldLast = true;
    this.#nudge('last-turn', nudges.lastTurn(why));
  }

  #noticeLastTurn(turn: number): void {
    const { limits, workSignal, ledger } = this.#run;
    if (turn >= limits.maxTurns) this.#last = { why: `turn ${turn} of ${limits.maxTurns}`, outcome: 'answered' };
    if (this.#agent.role !== 'root') return;
    if (workSignal.aborted) this.#last = { why: stopReasonOf(workSignal).message, outcome: 'exhausted' };
    else if (ledger.isSpent(estimateCall(this.#agent, this.#dialogue.messages)))
      this.#last = { why: 'the budget is nearly spent', outcome: 'exhausted' };
  }

  #askModel(turn: number): Promise<ModelReply> {
    const purpose = this.#last !== undefined && this.#agent.role === 'root' ? 'final' : 'work';
    return callModel(this.#run, this.#agent, { ...this.#dialogue.request(), turn, purpose });
  }

  async #take(reply: ModelReply): Promise<Step> {
    if (reply.kind === 'refused') return this.#onRefusal(reply.reason);
    if (reply.kind === 'failed') return this.#onFailure(reply.failure);
    this.#dialogue.replied(reply.text);
    const blocks = parseCodeBlocks(reply.text);
    const isWhole = blocks.at(-1)?.closed === true && begunAnswerIn(reply.text) === '';
    if (reply.finish === 'length' && !isWhole) return this.#onCutOff(reply.text, blocks.length === 0);
    this.#best.saw(reply.text, blocks.length === 0);
    if (blocks.length === 0) return this.#onProse(reply.text);
    this.#repliesWithoutCode = 0;
    const { cellsPerTurn, finalBesideCell } = profiles[this.#agent.model.profile ?? 'frontier'];
    const step = await this.#runCells(blocks.slice(0, cellsPerTurn).map((block) => block.code));
    if (step.kind === 'done') return step;
    if (blocks.length > cellsPerTurn) return this.#nudge('no-code', nudges.oneCell(blocks.length));
    // Of a declaration that was cut off, the last line that happens to end in a parenthesis is not the end.
    const mayDeclare = finalBesideCell && this.#cellEndedWell && reply.finish === 'stop';
    return mayDeclare ? this.#onFinalBeside(reply.text, step) : step;
  }

  /** Models trained as RLMs write a cell and, in the same reply, what of it is the answer. */
  #onFinalBeside(text: string, step: Step): Promise<Step> | Step {
    const final = parseFinalText(proseAround(text));
    if (final?.kind === 'variable') return this.#runCells([`FINAL_VAR(${JSON.stringify(final.name)})`]);
    return final?.kind === 'text' ? this.#submit(final.text) : step;
  }

  /** Runs cells one after another until one does not end well or the answer is ready. */
  async #runCells(codes: readonly string[]): Promise<Step> {
    let result: CellResult | undefined;
    for (const code of codes) {
      const { cell, result: done } = await this.#repl.run(code);
      result = done;
      this.#dialogue.say(describeCell(cell, done));
      this.#noteAnswer(done.answer);
      if (this.#agent.signal.aborted) return this.#stopped();
      if (done.status !== 'ok' || done.answer.ready) break;
    }
    this.#cellEndedWell = result?.status === 'ok';
    if (result === undefined) return goOn;
    this.#best.printed(result.output.head);
    this.#dialogue.say(describeState(result));
    return result.answer.ready ? this.#submit(result.answer.content) : goOn;
  }

  #onCutOff(text: string, isProse: boolean): Step {
    this.#best.sawCutOff(isProse ? begunFinalText(text) : begunAnswerIn(text));
    return this.#nudge('cut-off', isProse ? nudges.proseCutOff : nudges.cellCutOff);
  }

  #onProse(text: string): Promise<Step> | Step {
    const final = parseFinalText(text);
    if (final?.kind === 'variable') return this.#runCells([`FINAL_VAR(${JSON.stringify(final.name)})`]);
    if (final?.kind === 'text') return this.#submit(final.text);
    this.#repliesWithoutCode++;
    const meant = this.#repliesWithoutCode > 1 || this.#last !== undefined || parseCitations(text).length > 0;
    return meant ? this.#submit(text) : this.#nudge('no-code', nudges.noCode);
  }

  #submit(content: string): Step {
    if (content.trim() === '')
      return this.#nudge('no-code', 'answer["ready"] is True but answer["content"] is empty. Set the content first.');
    this.#noteAnswer({ content, ready: true });
    const objection = this.#reviewed || this.#last !== undefined ? undefined : this.#review(content);
    if (objection !== undefined) {
      this.#reviewed = true;
      return this.#nudge(objection.reason, objection.text);
    }
    const outcome = this.#last?.outcome ?? 'answered';
    const reason = outcome === 'answered' ? '' : (this.#last?.why ?? '');
    return { kind: 'done', result: { outcome, answer: content, reason } };
  }

  #onRefusal(reason: string): Step {
    if (this.#agent.role !== 'root' || this.#last !== undefined)
      return { kind: 'done', result: this.#best.giveUp('exhausted', reason) };
    this.#last = { why: reason, outcome: 'exhausted' };
    return this.#askAgain();
  }

  #onFailure(failure: ModelFailure): Step {
    if (this.#agent.signal.aborted) return this.#stopped();
    if (failure.kind === 'context-length' && this.#dialogue.shorten()) {
      this.#last = { why: 'the conversation no longer fits the model', outcome: 'exhausted' };
      return this.#askAgain();
    }
    return { kind: 'done', result: this.#best.giveUp('failed', failure.message) };
  }

  #askAgain(): Step {
    this.#dialogue.retract();
    return { kind: 'ask-again' };
  }

  #stopped(): Extract<Step, { kind: 'done' }> {
    const reason = stopReasonOf(this.#agent.signal);
    return {
      kind: 'done',
      result: this.#best.giveUp(reason.kind === 'time' ? 'exhausted' : 'cancelled', reason.message),
    };
  }

  #nudge(reason: Nudge, text: string): Step {
    this.#dialogue.say(text);
    this.#run.emit(this.#agent, { type: 'nudge', reason, text });
    return goOn;
  }

  #noteAnswer(answer: AnswerState): void {
    if (this.#best.set(answer.content)) this.#run.emit(this.#agent, { type: 'answer', content: answer.content });
  }
}

function openingOf({ role, task }: Agent, { snapshot, texts }: AgentFiles, told: string): string {
  if (told !== '') return followUpOpening(task, describeWorkspace(snapshot, followUpMapChars), told);
  const map = describeWorkspace(snapshot);
  const handed = Object.keys(texts);
  const also = handed.length === 0 ? '' : `\nTexts handed to you, also in files: ${handed.slice(0, 20).join(', ')}`;
  return role === 'root' ? rootOpening(task, map) : childOpening(task, map + also);
}
