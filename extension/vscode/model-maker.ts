import { readFile } from 'node:fs/promises';
import type { LanguageModel } from '../../src/models/model.ts';
import { type CreatedModel, createModel } from '../../src/models/node/create-model.ts';
import { createNetwork, type Network } from '../../src/models/node/network.ts';
import { offlineModel } from '../../src/models/offline/offline-model.ts';
import type { Endpoint, Environment } from '../core/endpoint.ts';
import { HelpfulError } from '../core/failure-help.ts';
import { endpointFor, type FoundModels, offeredName, providerOf } from '../core/model-selection.ts';
import { goneFailure } from '../core/offered-failure.ts';
import { offeredModel } from '../core/offered-model.ts';
import type { Settings } from '../core/settings.ts';
import type { Keys } from './keys.ts';
import { findOffered } from './offered-models.ts';

export interface MadeModel {
  readonly model: LanguageModel;
  readonly secrets: readonly string[];
  /** Who gets the text; `undefined` when it stays on this machine. */
  readonly recipient: { readonly id: string; readonly name: string; readonly note: string } | undefined;
}

/** Makes the models of a question. What is learnt of a server is kept as long as the certificates to trust are the same. */
export class ModelMaker {
  readonly #keys: Keys;
  readonly #env: Environment;
  #network: { readonly ca: string | undefined; readonly network: Network } | undefined;

  constructor(keys: Keys, env: Environment) {
    this.#keys = keys;
    this.#env = env;
  }

  /** @throws HelpfulError when it cannot be had. */
  async make(spec: string, settings: Settings, found: FoundModels): Promise<MadeModel> {
    const offered = offeredName(spec);
    if (offered !== undefined) return makeOffered(offered);
    const endpoint = endpointFor(spec, settings, this.#env);
    if (endpoint === undefined) return { model: built(createModel(spec, common)), secrets: [], recipient: undefined };
    return this.#makeRemote(spec, endpoint, settings, found);
  }

  async #makeRemote(spec: string, endpoint: Endpoint, settings: Settings, found: FoundModels): Promise<MadeModel> {
    const source = await this.#keys.of(endpoint);
    if (source.kind === 'none' && endpoint.needsKey)
      throw new HelpfulError(`${spec} needs an API key for ${endpoint.host}.`, ['set-key', 'choose-model']);
    const apiKey = source.kind === 'none' ? undefined : source.key;
    const name = spec.slice(spec.indexOf(':') + 1);
    const server = found.local.find(({ provider }) => provider === endpoint.provider);
    const headers = providerOf(settings.model) === endpoint.provider ? settings.headers : {};
    const created = createModel(spec, {
      ...common,
      ...{ baseUrl: endpoint.baseUrl, apiKey, profile: settings.profile, prices: settings.prices },
      contextTokens: server?.models.find((model) => model.name === name)?.contextTokens,
      network: await this.#networkFor(settings.caFile),
      tuning: { headers, effort: settings.effort },
    });
    const note = source.kind === 'environment' ? ` The key is ${source.variable} of the environment.` : '';
    const recipient = endpoint.isLocal ? undefined : { id: endpoint.origin, name: endpoint.host, note };
    return { model: built(created), secrets: apiKey === undefined ? [] : [apiKey], recipient };
  }

  async #networkFor(caFile: string): Promise<Network> {
    const ca = caFile === '' ? undefined : await readCertificates(caFile);
    if (this.#network === undefined || this.#network.ca !== ca) this.#network = { ca, network: createNetwork({ ca }) };
    return this.#network.network;
  }
}

const common = { offline: () => offlineModel };

function built(created: CreatedModel): LanguageModel {
  if (created.kind === 'problem') throw new HelpfulError(created.problem, ['choose-model', 'set-key']);
  return created.model;
}

async function makeOffered(name: string): Promise<MadeModel> {
  const offered = await findOffered(name);
  if (offered === undefined) throw new HelpfulError(goneFailure(name).message, ['choose-model']);
  const vendor = name.slice(0, name.indexOf('/'));
  const recipient = { id: `vscode:${vendor}`, name: `the provider of ${offered.title} in VS Code`, note: '' };
  return { model: offeredModel(offered), secrets: [], recipient };
}

async function readCertificates(file: string): Promise<string> {
  const wrong = (why: string) =>
    new HelpfulError(`The file of the setting askCodebase.caFile ${why}: ${file}`, ['show-output']);
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw wrong(`cannot be read (${error.code ?? error.message})`);
  });
  if (!text.includes('-----BEGIN CERTIFICATE-----')) throw wrong('holds no certificate in PEM');
  return text;
}
