import { type BudgetLimits, lowerLimits } from '../../../src/agent/limits.ts';
import type { RunEnd } from '../../../src/engine-api.ts';
import type { Attachment } from '../../../src/protocol/messages.ts';
import type { RunEvent } from '../../../src/runs/events.ts';
import type { Asker } from '../../core/chat-ports.ts';
import { HelpfulError } from '../../core/failure-help.ts';
import type { RootPlace } from '../../core/places.ts';
import { type EarlierTurn, questionText } from '../../core/question-text.ts';
import type { Asking, AskingPorts } from '../asking.ts';
import { openFolders } from '../editor-workspace.ts';
import { currentSettings } from '../settings-access.ts';

export interface DoorQuestion {
  readonly question: string;
  readonly attachments: readonly Attachment[];
  /** Files and folders to limit it to; empty: all. */
  readonly scope: readonly string[];
  readonly earlier: readonly EarlierTurn[];
  /** Can only lower the person's limits. */
  readonly limits: Partial<BudgetLimits>;
  readonly onEvent: (event: RunEvent) => void;
  readonly signal: AbortSignal;
}

export interface DoorAnswer {
  readonly runId: string;
  readonly end: RunEnd;
  /** Where the run's snapshot has its folders. */
  readonly roots: readonly RootPlace[];
}

type DoorPorts = Pick<AskingPorts, 'chat' | 'engines' | 'snapshots'> & { readonly asking: Asking };

/** Questions that come from elsewhere than our own views. Their runs are kept as all are, each in a conversation of its own. */
export class DoorAsking {
  readonly #ports: DoorPorts;

  constructor(ports: DoorPorts) {
    this.#ports = ports;
  }

  /** @throws HelpfulError when nothing can be asked now. */
  async ask({ question, attachments, scope, earlier, limits, onEvent, signal }: DoorQuestion): Promise<DoorAnswer> {
    if (openFolders().length === 0)
      throw new HelpfulError('No folder is open. Open a folder and ask again.', ['open-folder']);
    const { chat, engines, snapshots, asking } = this.#ports;
    engines.warmUp();
    await chat.open();
    const settings = currentSettings();
    const { root, sub, sentence } = await asking.models(settings);
    const engine = engines.engineWith({ root: root.model, sub: sub.model });
    const stop = new AbortController();
    const options = {
      limits: lowerLimits(settings.limits, limits),
      signal: AbortSignal.any([signal, stop.signal]),
      scope,
    };
    const text = questionText(question, attachments, root.model.spec === 'offline' ? [] : earlier);
    const asker: Asker = {
      scope,
      ask: (keep) => {
        const both = (event: RunEvent) => {
          keep(event);
          onEvent(event);
        };
        return engine.ask(text, { ...options, onEvent: both });
      },
      models: sentence,
      secrets: [...root.secrets, ...sub.secrets],
      rootsOf: (id) => snapshots.rootsOf(id),
    };
    const { runId, done } = chat.ask(question, attachments, asker, () => stop.abort(), true);
    const end = await done;
    return { runId, end, roots: chat.entry(runId)?.roots ?? [] };
  }
}
