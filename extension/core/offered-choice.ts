import type { ModelPair } from '../../src/models/providers/preset.ts';

/** A model that VS Code offers, before it is asked anything. */
export interface OfferedFacts {
  /** `vendor/id` */
  readonly name: string;
  readonly title: string;
  readonly vendor: string;
  readonly family: string;
  readonly maxInputTokens: number;
}

/** Below this a root has no room for its instructions and what it reads. */
const leastTokens = 8000;

/** Families by how well they explore code, best first. */
const strong = [
  /gpt-5(\.\d+)?$/,
  /claude-(sonnet|opus)-4|claude-[45].*(sonnet|opus)/,
  /gpt-5.*codex/,
  /gemini-[23](\.\d+)?-pro/,
  /gpt-4\.1$/,
  /sonnet|opus|-pro$/,
  /gpt-4o$/,
];
const cheap = [/gpt-5(\.\d+)?-mini/, /haiku/, /flash/, /gpt-4\.1-mini/, /gpt-4o-mini/, /mini|nano|small|lite|fast/];

/** The pair to use of what VS Code offers: both of one vendor, GitHub Copilot's before others'. `undefined`: nothing fits. */
export function offeredPair(offered: readonly OfferedFacts[]): ModelPair | undefined {
  const fitting = offered.filter(({ maxInputTokens }) => maxInputTokens >= leastTokens);
  const vendor = (fitting.find((one) => one.vendor === 'copilot') ?? fitting[0])?.vendor;
  const ours = fitting.filter((one) => one.vendor === vendor);
  const root = best(ours, strong) ?? ours.toSorted((a, b) => rankIn(cheap, b) - rankIn(cheap, a))[0];
  return root === undefined ? undefined : { root: root.name, sub: offeredSub(root.name, offered) };
}

/** The cheaper model of the same vendor that reads for a root; the root itself when there is none. */
export function offeredSub(root: string, offered: readonly OfferedFacts[]): string {
  const vendor = offered.find(({ name }) => name === root)?.vendor;
  const others = offered.filter((one) => one.vendor === vendor && one.maxInputTokens >= leastTokens);
  return best(others, cheap)?.name ?? root;
}

const best = (offered: readonly OfferedFacts[], order: readonly RegExp[]): OfferedFacts | undefined =>
  offered.filter((one) => rankIn(order, one) < order.length).toSorted((a, b) => rankIn(order, a) - rankIn(order, b))[0];

/** The place of its family among `order`; past the end when it has none. */
function rankIn(order: readonly RegExp[], { family, name }: OfferedFacts): number {
  const at = order.findIndex((pattern) => pattern.test(family) || pattern.test(name));
  return at === -1 ? order.length : at;
}
