import type { Attachment } from '../../src/protocol/messages.ts';

/** The question as the engine gets it: what it refers to stands below it, with path and lines. */
export const questionText = (question: string, attachments: readonly Attachment[]): string =>
  [question.trim(), ...attachments.map(attached)].join('\n\n');

const attached = ({ path, startLine, endLine, text }: Attachment): string => {
  const fence = '`'.repeat(Math.max(3, longestTicks(text) + 1));
  return `The question is about ${path}:${startLine}-${endLine}:\n${fence}\n${text}\n${fence}`;
};

const longestTicks = (text: string): number => Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
