import type { LanguageModel } from '../models/model.ts';
import type { Repl, ReplPool } from '../repl/repl.ts';
import { withoutHelpers } from './bare-prompt.ts';

/** What the REPL has for looking things up. */
const helpers = [
  ...['search', 'grep', 'glob', 'tree', 'outline', 'read', 'cite'],
  ...['symbols', 'references', 'callers', 'imports', 'blame', 'log', 'changed_since'],
];

const takeAway = `def _no_helper(*_args, **_named):
    raise NameError("this REPL has no lookup helpers; use Python over files")
for _name in ${JSON.stringify(helpers)}:
    globals()[_name] = _no_helper
`;

/** A model whose system prompt does not speak of the helpers. */
export const bareModel = (model: LanguageModel): LanguageModel => ({
  spec: model.spec,
  price: model.price,
  get contextTokens() {
    return model.contextTokens;
  },
  get maxOutputTokens() {
    return model.maxOutputTokens;
  },
  ...(model.profile !== undefined && { profile: model.profile }),
  stream: (request, signal) => {
    const messages = request.messages.map((one) =>
      one.role === 'system' ? { ...one, content: withoutHelpers(one.content) } : one,
    );
    return model.stream({ ...request, messages }, signal);
  },
});

/** REPLs with the files and the sub-agents, and without the helpers; for a comparison, not a wall. */
export const bareRepls = (pool: ReplPool): ReplPool => ({
  open: async (options, depth, signal) => {
    const repl = await pool.open(options, depth, signal);
    await repl.run(takeAway, { cellMs: 10_000, outputChars: 1000 }, signal);
    return bare(repl);
  },
  close: () => pool.close(),
});

const bare = (repl: Repl): Repl => ({
  refresh: (corpus, question) => repl.refresh(corpus, question),
  run: async (code, limits, signal) => {
    const result = await repl.run(code, limits, signal);
    return { ...result, variables: result.variables.filter((name) => !helpers.includes(name)) };
  },
  close: () => repl.close(),
});
