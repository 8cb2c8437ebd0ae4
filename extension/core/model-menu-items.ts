import { contextTokensOf, priceOf, pricesAsOf } from '../../src/models/prices.ts';
import { shortCount } from '../../src/runs/format.ts';

export interface ModelItem {
  readonly spec: string;
  readonly label: string;
  readonly description: string;
}

/** OpenAI's models of the price table, strongest first. */
const openAiNames = [
  'gpt-5.5',
  'gpt-5.4',
  'gpt-5.4-mini',
  'gpt-5.4-nano',
  'gpt-5.2',
  'gpt-5.1',
  'gpt-5',
  'gpt-5-mini',
  'gpt-5-nano',
  'gpt-4.1',
  'gpt-4.1-mini',
  'gpt-4.1-nano',
  'gpt-4o',
  'gpt-4o-mini',
  'o3',
  'o4-mini',
];

export const offlineItem: ModelItem = {
  spec: 'offline',
  label: 'Offline search',
  description: 'no language model; no text leaves this machine',
};

export const openAiItems = (): readonly ModelItem[] =>
  openAiNames.map((name) => ({ spec: `openai:${name}`, label: name, description: priceText(name) }));

export const pricesNote = `US dollars per million tokens, as of ${pricesAsOf}`;

/** `$0.25 in · $2 out · window 272k` */
function priceText(name: string): string {
  const price = priceOf(name);
  const window = contextTokensOf(name);
  const parts = price === undefined ? [] : [`$${price.input} in`, `$${price.output} out`];
  return [...parts, ...(window === undefined ? [] : [`window ${shortCount(window)}`])].join(' · ');
}
