/** A model of a server on this machine. */
export interface LocalModel {
  readonly name: string;
  /** Tokens of prompt and reply together; `undefined` when the server does not say. */
  readonly contextTokens: number | undefined;
  /** Billions of weights; `undefined` when the server does not say. Used to rank. */
  readonly billions: number | undefined;
  /** In memory now, so that it answers without a pause. */
  readonly loaded: boolean;
  /** The server sends what it is asked to another machine (Ollama's cloud models). `auto` never takes such a model. */
  readonly remote: boolean;
}

/** A server that was found on one of the default ports. */
export interface LocalServer {
  readonly provider: 'ollama' | 'lmstudio';
  /** Base URL of its OpenAI-compatible API. */
  readonly baseUrl: string;
  /** Chat models only, the one to use first. */
  readonly models: readonly LocalModel[];
}

/** The most capable first: runs here, is in memory, has the most weights. */
export function rankLocal(models: readonly LocalModel[]): readonly LocalModel[] {
  const rank = ({ remote, loaded }: LocalModel): number => (remote ? 2 : loaded ? 0 : 1);
  return models.toSorted(
    (a, b) => rank(a) - rank(b) || (b.billions ?? 0) - (a.billions ?? 0) || a.name.localeCompare(b.name),
  );
}

/** Ollama's names for models that it sends on to its own servers: https://docs.ollama.com/cloud */
export const isCloudModel = (name: string): boolean => /[:-]cloud$/.test(name);
