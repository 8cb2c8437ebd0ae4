import type { ProviderId } from './providers/preset.ts';
import { presetOf, presets } from './providers/presets.ts';

/** A model as people name it: `auto`, `offline`, `anthropic:claude-haiku-4-5`, `vscode:copilot/gpt-5`, or `gpt-5-mini` for OpenAI's. */
export type ModelSpec =
  | { readonly provider: 'auto' }
  | { readonly provider: 'offline' }
  /** A model that VS Code offers; `name` is `vendor/id`. */
  | { readonly provider: 'vscode'; readonly name: string }
  | { readonly provider: ProviderId; readonly name: string };

export type ParsedSpec =
  | { readonly kind: 'ok'; readonly spec: ModelSpec }
  | { readonly kind: 'problem'; readonly problem: string };

const forms = '`auto`, `offline`, `PROVIDER:NAME` such as `openai:gpt-5-mini`, or just NAME for a model of OpenAI';

export function parseModelSpec(text: string): ParsedSpec {
  const spec = text.trim();
  if (spec === '') return problem(`No model was named. Write ${forms}.`);
  if (spec === 'offline' || spec === 'auto') return { kind: 'ok', spec: { provider: spec } };
  const colon = spec.indexOf(':');
  return colon === -1 ? named('openai', spec) : qualified(spec, spec.slice(0, colon), spec.slice(colon + 1));
}

/** The inverse of `parseModelSpec`, in full: `openai:gpt-5-mini`. */
export const formatModelSpec = (spec: ModelSpec): string =>
  'name' in spec ? `${spec.provider}:${spec.name}` : spec.provider;

function qualified(spec: string, provider: string, name: string): ParsedSpec {
  if (provider === 'offline' || provider === 'auto')
    return problem(`The model \`${provider}\` takes no name: write \`${provider}\`, not \`${spec}\`.`);
  if (provider === 'vscode') return named('vscode', name);
  if (provider === '') return problem(`\`${spec}\` has no provider before its colon. Write ${forms}.`);
  const preset = presetOf(provider);
  if (preset !== undefined) return named(preset.id, name);
  const known = presets.map(({ id }) => id).join(', ');
  return problem(
    `Unknown provider \`${provider}\`; known: offline, vscode, ${known}. If \`${spec}\` is the model's own name, write \`ollama:${spec}\` or \`openai:${spec}\`.`,
  );
}

/** A name may hold colons (`llama3.2:3b`) and slashes, but no blanks: those are a shell quoting gone wrong. */
function named(provider: ProviderId | 'vscode', name: string): ParsedSpec {
  if (name === '')
    return problem(`\`${provider}:\` needs a model name after the colon, such as ${exampleOf(provider)}.`);
  if (/\s/.test(name)) return problem(`A model name holds no blanks: \`${name}\`.`);
  return { kind: 'ok', spec: { provider, name } };
}

function exampleOf(provider: ProviderId | 'vscode'): string {
  if (provider === 'vscode') return '`vscode:copilot/gpt-5-mini`';
  return `\`${provider}:${presetOf(provider).pair?.sub ?? 'NAME'}\``;
}

const problem = (text: string): ParsedSpec => ({ kind: 'problem', problem: text });
