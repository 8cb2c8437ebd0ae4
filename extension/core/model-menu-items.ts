import { modelCatalog } from '../../src/models/choice/catalog.ts';
import type { Price } from '../../src/models/model.ts';
import { pricesAsOf } from '../../src/models/prices.ts';
import type { ProviderId } from '../../src/models/providers/preset.ts';
import { shortCount } from '../../src/runs/format.ts';
import type { FoundModels } from './model-selection.ts';
import type { OfferedFacts } from './offered-choice.ts';

/** What picking a row leads to. */
export type MenuAction =
  | { readonly kind: 'use'; readonly spec: string }
  /** A provider that something is missing of: its key, its address, or that it runs. */
  | { readonly kind: 'get'; readonly provider: ProviderId }
  | { readonly kind: 'get-vscode' };

interface ModelRow {
  readonly label: string;
  /** Window, price, and whether it runs here; or what is missing. */
  readonly description: string;
  readonly action: MenuAction;
}

export interface ModelGroup {
  readonly title: string;
  readonly rows: readonly ModelRow[];
}

/** All there is to choose from: what can be asked now first, what is missing something last. */
export function modelMenu(found: FoundModels): readonly ModelGroup[] {
  const catalog = modelCatalog(found);
  const ready = catalog
    .filter((group) => group.ready)
    .map(({ title, models, provider }) => ({
      title: provider === 'offline' ? title : `${title} (US dollars per million tokens, as of ${pricesAsOf})`,
      rows: models.map(({ spec, name, contextTokens, price, local }) => ({
        label: spec === 'offline' ? 'Offline search' : name,
        description: spec === 'offline' ? offlineText : describe(contextTokens, price, local),
        action: { kind: 'use', spec } as const,
      })),
    }));
  const missing = catalog
    .filter((group) => !group.ready)
    .flatMap(({ title, missing: what, provider }): readonly ModelRow[] =>
      provider === 'offline' ? [] : [{ label: title, description: what, action: { kind: 'get', provider } }],
    );
  const none: ModelRow = { label: 'Models of VS Code', description: noneOffered, action: { kind: 'get-vscode' } };
  const toGet = found.offered.length > 0 ? missing : [none, ...missing];
  return [...offeredGroup(found.offered), ...ready, { title: 'Something is missing', rows: toGet }];
}

const offlineText = 'no language model · runs on this machine';
const noneOffered = 'none is offered: sign in to GitHub Copilot, or install an extension that offers some';

const offeredGroup = (offered: readonly OfferedFacts[]): readonly ModelGroup[] =>
  offered.length === 0
    ? []
    : [
        {
          title: 'VS Code (cost and limits are those of your plan with the vendor)',
          rows: offered.map(({ name, title, maxInputTokens }) => ({
            label: title,
            description: describe(maxInputTokens, undefined, false),
            action: { kind: 'use', spec: `vscode:${name}` },
          })),
        },
      ];

/** `window 272k · $0.25 in · $2 out`, `window 32k · runs on this machine` */
function describe(contextTokens: number | undefined, price: Price | undefined, local: boolean): string {
  const costs = price === undefined ? ['price unknown'] : [`$${price.input} in`, `$${price.output} out`];
  return [
    ...(contextTokens ? [`window ${shortCount(contextTokens)}`] : []),
    ...(local ? ['runs on this machine'] : costs),
  ].join(' · ');
}
