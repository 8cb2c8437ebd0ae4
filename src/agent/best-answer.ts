import type { AgentResult } from './run-context.ts';

/** Less says nothing. */
const minProse = 40;

/** Keeps the best there is to show, so that however a run ends, its answer is not empty. */
export class BestAnswer {
  #content = '';
  #prose = '';
  #output = '';

  /** @returns whether the answer changed. */
  set(content: string): boolean {
    if (content.trim() === '' || content === this.#content) return false;
    this.#content = content;
    return true;
  }

  /** A reply of the model. What it wrote without a cell is nearer to an answer than what it wrote around one. */
  saw(reply: string, withoutCode: boolean): void {
    const prose = withoutCode ? reply.trim() : '';
    if (prose.length >= minProse) this.#prose = prose;
  }

  /** The text of an answer, or of a reply without a cell, of which the end is missing. */
  sawCutOff(text: string): void {
    const prose = text.trim();
    if (prose.length >= minProse) this.#prose = `The answer was cut off at the reply's length limit:\n\n${prose}`;
  }

  printed(output: string): void {
    if (output.trim() !== '') this.#output = output.trim();
  }

  /** Ends with what is there: the answer so far, else the last prose, else the last output, said to be that. */
  giveUp(outcome: AgentResult['outcome'], reason: string): AgentResult {
    return {
      outcome,
      reason,
      answer: this.#content || this.#prose || this.#fromOutput() || `No answer was found: ${reason}`,
    };
  }

  #fromOutput(): string {
    if (this.#output === '') return '';
    return `No answer was written before the run ended. The last thing it found:\n\n\`\`\`\n${this.#output.slice(0, 4000)}\n\`\`\``;
  }
}
