import {
  type ChatContext,
  type ChatPromptReference,
  ChatRequestTurn,
  ChatResponseAnchorPart,
  ChatResponseMarkdownPart,
  ChatResponseTurn,
  Location,
  Uri,
  workspace,
} from 'vscode';
import type { Attachment } from '../../../src/protocol/messages.ts';
import { earlierTurns, type HistoryTurn } from '../../core/chat-history.ts';
import type { EarlierTurn } from '../../core/question-text.ts';
import { attachmentOfRange, pathOf } from '../attachment.ts';

export interface RequestContext {
  readonly scope: readonly string[];
  readonly attachments: readonly Attachment[];
}

/**
 * What a request refers to. Files and folders that the person wrote into it limit the question; code ranges are about what it
 * is. What the editor adds by itself, such as the open file, is no limit.
 */
export async function contextOf(references: readonly ChatPromptReference[]): Promise<RequestContext> {
  const scope: string[] = [];
  const attachments: Attachment[] = [];
  for (const { value, range } of references) {
    if (value instanceof Uri && range !== undefined && workspace.getWorkspaceFolder(value) !== undefined)
      scope.push(pathOf(value));
    if (value instanceof Location && workspace.getWorkspaceFolder(value.uri) !== undefined)
      attachments.push(attachmentOfRange(await workspace.openTextDocument(value.uri), value.range));
  }
  return { scope, attachments };
}

export const earlierOf = ({ history }: ChatContext, participant: string): readonly EarlierTurn[] =>
  earlierTurns(
    history
      .filter((turn) => turn.participant === participant)
      .flatMap((turn): HistoryTurn[] => {
        if (turn instanceof ChatRequestTurn) return [{ kind: 'question', text: turn.prompt }];
        return turn instanceof ChatResponseTurn ? [{ kind: 'answer', text: textOf(turn) }] : [];
      }),
  );

const textOf = ({ response }: ChatResponseTurn): string =>
  response
    .map((part) => {
      if (part instanceof ChatResponseMarkdownPart) return part.value.value;
      return part instanceof ChatResponseAnchorPart ? `[${(part.title ?? '').split(' ')[0]}]` : '';
    })
    .join('');
