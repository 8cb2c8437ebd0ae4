'use strict';
const vscode = require('vscode');

const models = [
  { id: 'strong', family: 'gpt-5' },
  { id: 'small', family: 'gpt-5-mini' },
].map((model) => ({
  ...model,
  name: `Probe ${model.id}`,
  version: '1',
  maxInputTokens: 128_000,
  maxOutputTokens: 8000,
  capabilities: {},
}));

/**
 * Offers language models that answer what a scripted server answers. A reply that is one of these words is done instead:
 * `@gone` takes the models away in mid-reply, `@blocked` refuses, `@endless` says something until it is cancelled and then
 * just ends, as real providers do.
 */
exports.offerModels = (url, note) => {
  const registration = vscode.lm.registerLanguageModelChatProvider('probe', {
    provideLanguageModelChatInformation: () => models,
    provideTokenCount: async (_, text) => Math.ceil(textOf(text).length / 3),
    provideLanguageModelChatResponse: async (model, messages, _, progress, token) => {
      const say = (text) => progress.report(new vscode.LanguageModelTextPart(text));
      const text = await reply(url, model, messages);
      if (text === '@blocked') throw vscode.LanguageModelError.Blocked('Not for this extension');
      if (text === '@gone') {
        say('half');
        registration.dispose();
        await new Promise(() => undefined);
      } else if (text === '@endless') {
        say('half');
        await new Promise((resolve) => token.onCancellationRequested(resolve));
        note('cancelled');
      } else for (const part of text.match(/[\s\S]{1,40}/g) ?? []) say(part);
    },
  });
};

const textOf = (text) => (typeof text === 'string' ? text : text.content.map((part) => part.value ?? '').join(''));

async function reply(url, { id }, messages) {
  const roles = { [vscode.LanguageModelChatMessageRole.User]: 'user' };
  const body = {
    model: id,
    messages: messages.map((message) => ({ role: roles[message.role] ?? 'assistant', content: textOf(message) })),
  };
  const response = await fetch(`${url}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return (await response.json()).choices[0].message.content;
}
