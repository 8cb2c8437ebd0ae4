/** Kinds of models that want to be told how to work in their own way. */
export type ProfileId =
  | 'frontier' // strong at code and instructions: short rules
  | 'weak' // small or local coders: one worked example, stricter turns
  | 'frugal' // flood sub-calls when not told: batch more, call less
  | 'rlm'; // trained as RLMs, on the paper's prompt: RLM-Qwen3-8B

export interface Profile {
  readonly id: ProfileId;
  /** For people. */
  readonly title: string;
  /** What its system prompt is made of, in order; the texts are the agent's. */
  readonly prompt: readonly PromptPart[];
  /** Cells of one reply that are run; the rest is dropped and said to be. */
  readonly cellsPerTurn: number;
  /** A FINAL beside a cell, in the same reply, is the answer once the cell has run. Of other models it would be a guess. */
  readonly finalBesideCell?: boolean;
  /** Characters of a cell's output that go back, where that is less than the run's limit. */
  readonly outputChars?: number;
  /** Tokens of a reply, where that is less than the run's limit. */
  readonly replyTokens?: number;
  /** Tokens of prompt and reply together that it was made for; taken as its window where nobody says another. */
  readonly windowTokens?: number;
}

export type PromptPart =
  | 'who'
  | 'repl'
  | 'tools'
  | 'strategy'
  | 'example'
  | 'ending'
  | 'strict'
  | 'frugal'
  | 'rlm-intro'
  | 'rlm-ending'
  | 'rules';

export const profiles: Readonly<Record<ProfileId, Profile>> = {
  frontier: {
    id: 'frontier',
    title: 'strong models',
    prompt: ['who', 'repl', 'tools', 'strategy', 'ending', 'rules'],
    cellsPerTurn: Number.POSITIVE_INFINITY,
  },
  weak: {
    id: 'weak',
    title: 'small and local coders',
    prompt: ['who', 'repl', 'tools', 'strategy', 'example', 'ending', 'strict', 'rules'],
    cellsPerTurn: 1,
    outputChars: 8000,
    replyTokens: 4096,
  },
  frugal: {
    id: 'frugal',
    title: 'models that flood sub-calls',
    prompt: ['who', 'repl', 'tools', 'strategy', 'frugal', 'ending', 'rules'],
    cellsPerTurn: Number.POSITIVE_INFINITY,
  },
  // https://arxiv.org/abs/2512.24601, appendix: the prompt that RLM-Qwen3-8B was trained on, and its window.
  rlm: {
    id: 'rlm',
    title: 'models trained as RLMs',
    prompt: ['rlm-intro', 'tools', 'frugal', 'rlm-ending', 'rules'],
    cellsPerTurn: Number.POSITIVE_INFINITY,
    finalBesideCell: true,
    outputChars: 6000,
    replyTokens: 4096,
    windowTokens: 32_768,
  },
};

export const profileIds = Object.keys(profiles) as readonly ProfileId[];
