import type { ProfileId } from './profile.ts';

interface Family {
  readonly name: RegExp;
  readonly profile: ProfileId;
}

/** The first that matches a model's name, vendor and all, in lower case. */
const families: readonly Family[] = [
  // https://huggingface.co/mit-oasys/rlm-qwen3-8b-v0.1
  { name: /(^|[/_-])rlm[_-]/, profile: 'rlm' },
  // The paper's own remark on these: without a word about cost they make a sub-call for every line.
  { name: /qwen3?-?coder.*(480b|plus)|qwen3-max/, profile: 'frugal' },
  // Weights that fit a laptop, by their size in the name.
  { name: /(^|[^\d.])([1-9]|[12]\d|3[0-5])(\.\d+)?b(\b|_)/, profile: 'weak' },
  {
    name: /codellama|starcoder|deepseek-coder(?!-v[3-9])|codegemma|granite-code|phi-?[34]|gemma|qwen3?-?coder(:latest)?$/,
    profile: 'weak',
  },
];

/** How to speak to a model, by its name alone. */
export function profileOf(name: string): ProfileId {
  const lower = name.toLowerCase();
  return families.find((family) => family.name.test(lower))?.profile ?? 'frontier';
}
