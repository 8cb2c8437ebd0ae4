import type { Hash } from '../../src/citations/anchor.ts';
import { writeAnswer } from '../../src/citations/saved-answer.ts';
import { formatRange } from '../../src/citations/verify.ts';
import type { RunEnd } from '../../src/engine-api.ts';
import type { ConversationEntry } from '../../src/protocol/messages.ts';
import type { RunState } from '../../src/runs/run-state.ts';

/** An answered question as a document of its own. */
export const savedAnswer = (
  { question, attachments }: Pick<ConversationEntry, 'question' | 'attachments'>,
  { models }: Pick<RunState, 'models'>,
  end: RunEnd,
  hash: Hash,
): string => writeAnswer({ question, about: attachments.map(formatRange), models, end, at: end.at }, hash);
