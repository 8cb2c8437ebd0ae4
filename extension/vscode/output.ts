import { type LogOutputChannel, window } from 'vscode';
import type { RunEnd } from '../../src/engine-api.ts';
import type { RunEvent } from '../../src/runs/events.ts';
import { cost, duration } from '../../src/runs/format.ts';
import { createRedactor } from '../../src/runs/redact.ts';

/** The output channel. Nothing that looks like a key gets into it. */
export class Output {
  readonly #secrets: () => readonly string[];
  readonly channel: LogOutputChannel = window.createOutputChannel('Ask Codebase', { log: true });

  constructor(secrets: () => readonly string[]) {
    this.#secrets = secrets;
  }

  info(text: string): void {
    this.channel.info(this.#clean(text));
  }

  warn(text: string): void {
    this.channel.warn(this.#clean(text));
  }

  error(error: unknown): void {
    this.channel.error(this.#clean(error instanceof Error ? (error.stack ?? error.message) : String(error)));
  }

  event(runId: string, event: RunEvent): void {
    if (event.type === 'model-delta') return;
    const run = `run ${runId.slice(0, 8)}`;
    const { level, text } = eventText(event);
    this.channel[level](this.#clean(`${run}, ${event.agentId}: ${text}`));
  }

  #clean(text: string): string {
    return createRedactor(this.#secrets())(text);
  }
}

interface Line {
  readonly level: 'info' | 'warn' | 'debug' | 'trace';
  readonly text: string;
}

function eventText(event: RunEvent): Line {
  switch (event.type) {
    case 'run-start':
      return { level: 'info', text: `started with ${event.models.root} and ${event.models.sub}` };
    case 'snapshot':
      return { level: 'info', text: `${event.coverage.filesLoaded} files in ${duration(event.ms)}` };
    case 'model-retry':
      return { level: 'warn', text: `${event.reason}, again in ${duration(event.waitMs)}` };
    case 'model-end':
      return event.failure === undefined
        ? { level: 'trace', text: event.type }
        : { level: 'warn', text: event.failure.message };
    case 'refused':
      return { level: 'debug', text: `refused ${event.what}: ${event.reason}` };
    case 'run-end':
      return { level: event.outcome === 'failed' ? 'warn' : 'info', text: endText(event) };
    default:
      return { level: 'trace', text: event.type };
  }
}

function endText({ outcome, reason, usage, timings }: RunEnd): string {
  const text = `${outcome} after ${duration(timings.totalMs)}, ${usage.modelCalls} calls, ${cost(usage.costUsd)}`;
  return reason === '' ? text : `${text}: ${reason}`;
}
