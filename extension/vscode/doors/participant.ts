import {
  type CancellationToken,
  type ChatContext,
  type ChatRequest,
  type ChatResponseStream,
  type ChatResult,
  Location,
  Range,
} from 'vscode';
import type { Citation } from '../../../src/citations/citation.ts';
import { evidenceSentence } from '../../../src/runs/answer-report.ts';
import { cost, duration, plural } from '../../../src/runs/format.ts';
import { answerParts, citationTitle, countStatuses, signOf } from '../../core/cited-answer.ts';
import { HelpfulError } from '../../core/failure-help.ts';
import { noteOf } from '../../core/follow-ups.ts';
import { placeOf } from '../../core/places.ts';
import { progressTeller } from '../../core/progress-teller.ts';
import { participantId } from '../../ids.ts';
import { uriOfPlace } from '../editor-workspace.ts';
import type { ModelFinder } from '../model-finder.ts';
import { signalOf } from './cancellation.ts';
import { contextOf, earlierOf } from './chat-request.ts';
import type { DoorAnswer, DoorAsking } from './door-asking.ts';

interface ParticipantPorts {
  readonly doors: DoorAsking;
  readonly finder: ModelFinder;
}

/** `@codebase` in the editor's chat. */
export class Participant {
  readonly #ports: ParticipantPorts;

  constructor(ports: ParticipantPorts) {
    this.#ports = ports;
  }

  async answer(
    request: ChatRequest,
    context: ChatContext,
    stream: ChatResponseStream,
    token: CancellationToken,
  ): Promise<ChatResult> {
    const { signal, dispose } = signalOf(token);
    try {
      if (request.prompt.trim() === '') throw new HelpfulError('Ask a question about the folders that are open.', []);
      stream.progress(`Asking ${this.#ports.finder.shown.sentence}`);
      const { scope, attachments } = await contextOf(request.references);
      const answer = await this.#ports.doors.ask({
        ...{ question: request.prompt, attachments, scope, limits: {}, signal },
        earlier: earlierOf(context, participantId),
        onEvent: progressTeller((message) => stream.progress(message), signal),
      });
      if (answer.end.outcome === 'failed') return { errorDetails: { message: answer.end.reason } };
      show(answer, stream);
      return { metadata: noteOf(answer.runId, answer.end) };
    } catch (error) {
      if (signal.aborted) return {};
      return { errorDetails: { message: error instanceof Error ? error.message : String(error) } };
    } finally {
      dispose();
    }
  }
}

function show({ runId, end, roots }: DoorAnswer, stream: ChatResponseStream): void {
  const locationOf = ({ path, startLine, endLine, status, quote }: Citation): Location | undefined => {
    const place = status === 'unverified' ? undefined : placeOf(roots, path);
    return place && new Location(uriOfPlace(place), new Range(startLine - 1, 0, endLine - 1, lastLineOf(quote).length));
  };
  for (const citation of end.citations) {
    const location = locationOf(citation);
    if (location !== undefined) stream.reference(location);
  }
  for (const part of answerParts(end.answer, end.citations)) {
    const location = part.kind === 'citation' ? locationOf(part.citation) : undefined;
    if (part.kind === 'text') stream.markdown(part.text);
    else if (location === undefined) stream.markdown(`\`${citationTitle(part.citation)}\``);
    else {
      // The editor draws the place; the title is for those who read the history.
      stream.anchor(location, citationTitle(part.citation));
      stream.markdown(` ${signOf(part.citation)}`);
    }
  }
  const { usage, timings, outcome, reason } = end;
  const why = outcome === 'answered' ? '' : `\n\nThe run ended as ${outcome}: ${reason}`;
  const spent = `${plural(usage.modelCalls, 'model call')} · ${cost(usage.costUsd)} · ${duration(timings.totalMs)}`;
  const looked = [countStatuses(end.citations), evidenceSentence(end), spent].join(' · ');
  stream.markdown(`${why}\n\n---\n\n${looked}\n`);
  stream.button({ command: 'askCodebase.openRun', title: 'Open Run', arguments: [runId] });
}

const lastLineOf = (text: string): string => text.slice(text.lastIndexOf('\n') + 1);
