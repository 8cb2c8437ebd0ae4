import { type CatalogGroup, type CatalogModel, modelCatalog } from '../models/choice/catalog.ts';
import { discoverLocal } from '../models/node/discover.ts';
import { pricesAsOf } from '../models/prices.ts';
import { shortCount } from '../runs/format.ts';
import { keyedProviders } from './chosen-models.ts';
import { sanitizeLine } from './sanitize.ts';
import type { Environment } from './user-folders.ts';

/** What `ask-codebase models` shows. */
export const findModels = async (env: Environment): Promise<readonly CatalogGroup[]> =>
  modelCatalog({ local: await discoverLocal(), keyed: keyedProviders(env) });

export function modelsText(groups: readonly CatalogGroup[]): string {
  const ready = groups.filter((group) => group.ready).map(readyText);
  const missing = groups.filter((group) => !group.ready).map(({ title, missing: what }) => `  ${title}: ${what}`);
  const note = `Prices in US dollars per million tokens, as of ${pricesAsOf}; any other name of a provider's model works as well.`;
  return `${[...ready, ['Not ready:', ...missing].join('\n'), note].join('\n\n')}\n`;
}

const readyText = ({ title, models }: CatalogGroup): string =>
  [title, ...(models.length === 0 ? ['  (no model is installed)'] : models.map(modelText))].join('\n');

function modelText({ spec, price, contextTokens, local }: CatalogModel): string {
  const cost =
    price === undefined ? 'price unknown' : price.output === 0 ? 'free' : `$${price.input} in, $${price.output} out`;
  const window = contextTokens === undefined ? [] : [`window ${shortCount(contextTokens)}`];
  const where = local ? 'runs on this machine' : 'text leaves this machine';
  return `  ${sanitizeLine(spec)}  (${[cost, ...window, where].join(' · ')})`;
}
