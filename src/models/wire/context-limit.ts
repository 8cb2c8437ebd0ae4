/** No model has a smaller window: servers that do not know theirs say 0. */
const smallestWindow = 256;

/** The tokens of a window as somebody told them; `undefined` when that cannot be one. */
export const believableWindow = (tokens: number | undefined): number | undefined =>
  tokens !== undefined && tokens >= smallestWindow ? tokens : undefined;

/** How refusals name the tokens a model's window holds. */
const patterns: readonly RegExp[] = [
  // OpenAI, Azure, vLLM, DeepSeek, OpenRouter: "maximum context length is 128000 tokens"; LM Studio: "context length of only 4096"
  /context (?:length|window|size)(?: of the model)?(?: is| of|:)?(?: only)? \(?([\d,_]{3,})/i,
  // llama.cpp: "available context size (4096 tokens)", "n_ctx": 4096; LM Studio: "n_keep: 13055>= n_ctx: 4096"
  /n_ctx\\?"?:\s*(\d{3,})/i,
  // vLLM: "longer than the maximum model length of 8192", "exceeds the max_model_len 8192"; xAI: "maximum prompt length is 131072";
  // SGLang: "maximum allowed length (32768 tokens)"; Poolside: "maximum allowed input length of 131040"
  /max(?:imum (?:(?:model|prompt|allowed|input) )+length|_model_len)(?: is| of)? \(?([\d,_]{3,})/i,
  // Mistral: "too large for model with 32768 maximum context length"
  /([\d,_]{3,}) maximum context length/i,
  // Anthropic: "prompt is too long: 210000 tokens > 200000 maximum"
  />\s*([\d,_]{3,}) maximum/i,
  // Anthropic, of prompt and reply: "exceed context limit: 190000 + 20000 > 200000"
  /exceed context limit: [\d,_]+ \+ [\d,_]+ >\s*([\d,_]{3,})/i,
  // Moonshot: "exceeded model token limit: 262144 (requested: 269030)"
  /model token limit: ([\d,_]{3,})/i,
  // Alibaba: "Range of input length should be [1, 129024]"
  /range of input length should be \[\d+, ?(\d{3,})\]/i,
  // Gemini: "exceeds the maximum number of tokens allowed (1048576)", with and without brackets
  /maximum number of tokens allowed \(?([\d,_]{3,})/i,
  // Text Generation Inference, Together: "`inputs` tokens + `max_new_tokens` must be <= 32769"
  /must be <=?\s*([\d,_]{3,})/i,
  // OpenAI's rate limit for one request: "tokens per min (TPM): Limit 30000, Requested 35000"
  /Limit:? ([\d,_]{3,}), Requested/i,
];

/** How refusals of a reply's limit name the greatest one. */
const outputPatterns: readonly RegExp[] = [
  // OpenAI: "max_tokens is too large: 32000. This model supports at most 16384 completion tokens"
  /supports at most ([\d,_]{3,}) (?:completion|output) tokens/i,
  // DeepSeek: "the valid range of max_tokens is [1, 8192]"
  /range of max_\w+ is \[\d+, ?(\d{3,})\]/i,
  // Anthropic: "max_tokens: 100000 > 64000, which is the maximum allowed number of output tokens"
  /max_tokens: [\d,_]+ > ([\d,_]{3,})/i,
  // Groq: "`max_completion_tokens` must be less than or equal to `32768`"
  /max_\w*tokens`? must be less than or equal to `?([\d,_]{3,})/i,
];

/** The tokens that a refusal says a request may have, prompt and reply together; `undefined` when it says none. */
export const contextLimitIn = (refusal: string): number | undefined => numberIn(refusal, patterns);

/** The tokens that a refusal says a reply may have; `undefined` when it says none. */
export const outputLimitIn = (refusal: string): number | undefined => numberIn(refusal, outputPatterns);

function numberIn(refusal: string, forms: readonly RegExp[]): number | undefined {
  for (const form of forms) {
    const tokens = believableWindow(Number(form.exec(refusal)?.[1]?.replace(/[,_]/g, '')));
    if (tokens !== undefined) return tokens;
  }
  return undefined;
}
