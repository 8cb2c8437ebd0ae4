/** How refusals name the tokens a model's window holds. */
const patterns: readonly RegExp[] = [
  // OpenAI, Azure, vLLM, DeepSeek, OpenRouter: "maximum context length is 128000 tokens"; LM Studio: "context length of only 4096"
  /context (?:length|window|size)(?: of the model)?(?: is| of)?(?: only)? \(?([\d,_]{3,})/i,
  // llama.cpp: "available context size (4096 tokens)", "n_ctx": 4096
  /"n_ctx":\s*(\d{3,})/i,
  // Mistral: "too large for model with 32768 maximum context length"
  /([\d,_]{3,}) maximum context length/i,
  // Anthropic: "prompt is too long: 210000 tokens > 200000 maximum"
  />\s*([\d,_]{3,}) maximum/i,
  // Gemini: "exceeds the maximum number of tokens allowed (1048576)"
  /maximum number of tokens allowed \(([\d,_]{3,})\)/i,
  // Text Generation Inference, Together: "`inputs` tokens + `max_new_tokens` must be <= 32769"
  /must be <=?\s*([\d,_]{3,})/i,
  // OpenAI's rate limit for one request: "tokens per min (TPM): Limit 30000, Requested 35000"
  /Limit:? ([\d,_]{3,}), Requested/i,
];

/** The tokens that a refusal says a request may have, prompt and reply together; `undefined` when it says none. */
export function contextLimitIn(refusal: string): number | undefined {
  for (const pattern of patterns) {
    const tokens = Number(pattern.exec(refusal)?.[1]?.replace(/[,_]/g, ''));
    if (tokens >= 256) return tokens;
  }
  return undefined;
}
