import {
  CancellationTokenSource,
  type LanguageModelChat,
  LanguageModelChatMessage,
  LanguageModelError,
  lm,
} from 'vscode';
import type { OfferedFacts } from '../core/offered-choice.ts';
import type { OfferedMessage } from '../core/offered-messages.ts';
import type { OfferedModel } from '../core/offered-model.ts';

/** What VS Code shows with its question whether this extension may use a model. */
const justification = 'To answer your question about the code in this workspace.';

/** The models that VS Code offers to this extension, but for those whose name cannot be written as a setting. */
export async function offeredFacts(): Promise<readonly OfferedFacts[]> {
  const offered = (await select({})).map((model) => ({ ...nameOf(model), maxInputTokens: model.maxInputTokens }));
  return offered.filter(({ name }) => !/\s/.test(name));
}

/** @param name `vendor/id` @returns `undefined` when VS Code offers no such model. */
export async function findOffered(name: string): Promise<OfferedModel | undefined> {
  const slash = name.indexOf('/');
  const [vendor, id] = [name.slice(0, slash), name.slice(slash + 1)];
  const model = (await select({ vendor, id }))[0];
  if (model === undefined) return undefined;
  const { title } = nameOf(model);
  return {
    ...{ name, title, maxInputTokens: model.maxInputTokens },
    isOffered: async () => (await select({ vendor, id })).length > 0,
    ask: (messages, signal) => ask(model, messages, signal),
    countTokens: async (text) => model.countTokens(text),
  };
}

const select = async (selector: { readonly vendor?: string; readonly id?: string }) => {
  try {
    return await lm.selectChatModels(selector);
  } catch (error) {
    if (error instanceof LanguageModelError) return [];
    throw error;
  }
};

const nameOf = ({ vendor, id, name, family }: LanguageModelChat) => ({
  name: `${vendor}/${id}`,
  title: `${name} (${vendor})`,
  ...{ vendor, family },
});

async function* ask(
  model: LanguageModelChat,
  messages: readonly OfferedMessage[],
  signal: AbortSignal,
): AsyncGenerator<string> {
  const source = new CancellationTokenSource();
  const cancel = () => source.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    const response = await model.sendRequest(messages.map(toChat), { justification }, source.token);
    yield* response.text;
  } finally {
    signal.removeEventListener('abort', cancel);
    source.dispose();
  }
}

const toChat = ({ role, content }: OfferedMessage): LanguageModelChatMessage =>
  role === 'user' ? LanguageModelChatMessage.User(content) : LanguageModelChatMessage.Assistant(content);
