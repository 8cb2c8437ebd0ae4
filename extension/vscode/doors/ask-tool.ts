import {
  type CancellationToken,
  LanguageModelTextPart,
  type LanguageModelTool,
  type LanguageModelToolInvocationOptions,
  type LanguageModelToolInvocationPrepareOptions,
  LanguageModelToolResult,
  MarkdownString,
  type PreparedToolInvocation,
} from 'vscode';
import { lowerLimits } from '../../../src/agent/limits.ts';
import { answerReport } from '../../../src/runs/answer-report.ts';
import { cost, duration } from '../../../src/runs/format.ts';
import { oneLine } from '../../core/failure-help.ts';
import { readToolInput, type ToolInput } from '../../core/tool-input.ts';
import type { Asking } from '../asking.ts';
import type { ModelFinder } from '../model-finder.ts';
import { currentSettings } from '../settings-access.ts';
import { signalOf } from './cancellation.ts';
import type { DoorAsking } from './door-asking.ts';

interface ToolPorts {
  readonly doors: DoorAsking;
  readonly asking: Asking;
  readonly finder: ModelFinder;
}

/** `ask_codebase`, as agents of the editor call it. A person confirms each question, reading what goes where and what it may cost. */
export class AskTool implements LanguageModelTool<unknown> {
  readonly #ports: ToolPorts;

  constructor(ports: ToolPorts) {
    this.#ports = ports;
  }

  async prepareInvocation({
    input,
  }: LanguageModelToolInvocationPrepareOptions<unknown>): Promise<PreparedToolInvocation> {
    const asked = readToolInput(input);
    const settings = currentSettings();
    const { selection } = await this.#ports.finder.select();
    const { sentence, local } = selection.choice;
    const { maxCostUsd, maxSeconds } = lowerLimits(settings.limits, asked.limits);
    const message = new MarkdownString();
    message.appendText(oneLine(asked.question, 1000));
    if (asked.scope.length > 0) message.appendText(`\n\nLimited to: ${oneLine(asked.scope.join(', '))}`);
    message.appendText(`\n\nModel: ${sentence}. ${whereTextGoes(local)}`);
    message.appendText(`\n\nAt most ${cost(maxCostUsd)} and ${duration(maxSeconds * 1000)}.`);
    return {
      invocationMessage: 'Asking the codebase',
      confirmationMessages: { title: 'Ask the codebase?', message },
    };
  }

  async invoke(
    { input }: LanguageModelToolInvocationOptions<unknown>,
    token: CancellationToken,
  ): Promise<LanguageModelToolResult> {
    const asked: ToolInput = readToolInput(input);
    const { signal, dispose } = signalOf(token);
    try {
      const question = { ...asked, attachments: [], earlier: [], onEvent: () => undefined, signal };
      const { end } = await this.#ports.doors.ask(question);
      if (end.outcome === 'failed') throw new Error(`The question could not be answered: ${end.reason}`);
      return new LanguageModelToolResult([
        new LanguageModelTextPart(answerReport(end)),
        new LanguageModelTextPart(JSON.stringify({ outcome: end.outcome, citations: end.citations })),
      ]);
    } finally {
      dispose();
    }
  }
}

const whereTextGoes = (local: boolean): string =>
  local
    ? 'No text leaves this machine.'
    : 'The question and the parts of your files that answering needs are sent to its provider.';
