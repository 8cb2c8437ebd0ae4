export type ProviderId =
  | 'openai'
  | 'anthropic'
  | 'openrouter'
  | 'azure'
  | 'groq'
  | 'deepseek'
  | 'mistral'
  | 'together'
  | 'ollama'
  | 'lmstudio'
  | 'vllm'
  | 'litellm';

/** What one can say to a provider; each is one file of `wire/` or `anthropic/`. */
export type Protocol = 'chat' | 'responses' | 'anthropic';

/** The models a provider is used with when none is named. */
export interface ModelPair {
  readonly root: string;
  readonly sub: string;
}

/** How a server departs from what we speak at first. What is not told here is found out from its refusals. */
export interface Quirks {
  /** The name it takes the reply's limit by; `max_completion_tokens` when absent. */
  readonly outputLimit?: 'max_completion_tokens' | 'max_tokens' | 'none';
  /** False: it refuses `stream_options`. */
  readonly streamUsage?: boolean;
  /** True: it tells the cost of a call when `usage: {include: true}` is in the request. */
  readonly askForCost?: boolean;
  /** The header its key goes into; `authorization: Bearer KEY` when absent. */
  readonly keyHeader?: string;
  /** It tells a model's window when asked: an Ollama in its own API, others in their list of models. */
  readonly tellsWindow?: 'ollama' | 'listed';
  /** Names of models that its chat completions refuse and its Responses API answers. */
  readonly responsesOnly?: RegExp;
}

/** A provider as data: what it takes to ask it. */
export interface ProviderPreset {
  /** Stands before the colon in a model's spec: `openrouter:openai/gpt-5-mini`. */
  readonly id: ProviderId;
  /** For people. */
  readonly title: string;
  readonly protocol: Protocol;
  /** `undefined`: every customer or installation has one of its own, so it has to be given. */
  readonly baseUrl: string | undefined;
  /** For people: what such a URL looks like. */
  readonly baseUrlExample: string;
  /** The environment variable that overrides `baseUrl`. */
  readonly baseUrlVariable: string;
  /** The environment variable that holds the key. */
  readonly keyVariable: string;
  /** Whether its own address refuses requests without a key. */
  readonly needsKey: boolean;
  /** Where a key is had, or how the server is started. */
  readonly getStarted: string;
  /** At its default address, the model itself runs on the person's machine and costs nothing. A gateway does not count. */
  readonly local: boolean;
  /** Absent where the models are whatever the person has installed or deployed. */
  readonly pair?: ModelPair;
  readonly quirks: Quirks;
}
