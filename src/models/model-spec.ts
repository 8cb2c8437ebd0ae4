/** A model as people name it: `offline`, `openai:gpt-5-mini`, or `gpt-5-mini` for short. */
type ModelSpec = { readonly provider: 'offline' } | { readonly provider: 'openai'; readonly name: string };

export type ParsedSpec =
  | { readonly kind: 'ok'; readonly spec: ModelSpec }
  | { readonly kind: 'problem'; readonly problem: string };

const forms = '`offline`, `openai:NAME`, or just NAME';

export function parseModelSpec(text: string): ParsedSpec {
  const spec = text.trim();
  if (spec === '') return problem(`No model was named. Write ${forms}.`);
  if (spec === 'offline') return { kind: 'ok', spec: { provider: 'offline' } };
  const colon = spec.indexOf(':');
  return colon === -1 ? openai(spec) : qualified(spec, spec.slice(0, colon), spec.slice(colon + 1));
}

function qualified(spec: string, provider: string, name: string): ParsedSpec {
  if (provider === 'openai') return openai(name);
  if (provider === 'offline') return problem(`The offline model takes no name: write \`offline\`, not \`${spec}\`.`);
  if (provider === '') return problem(`\`${spec}\` has no provider before its colon. Write ${forms}.`);
  return problem(
    `Unknown provider \`${provider}\`; known: offline, openai. If \`${spec}\` is the model's own name, write \`openai:${spec}\`.`,
  );
}

/** A name may hold colons (`llama3.2:3b`) and slashes, but no blanks: those are a shell quoting gone wrong. */
function openai(name: string): ParsedSpec {
  if (name === '') return problem('`openai:` needs a model name after the colon, such as `openai:gpt-5-mini`.');
  if (/\s/.test(name)) return problem(`A model name holds no blanks: \`${name}\`.`);
  return { kind: 'ok', spec: { provider: 'openai', name } };
}

const problem = (text: string): ParsedSpec => ({ kind: 'problem', problem: text });
