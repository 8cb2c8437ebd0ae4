import { isAround, readName } from './asked-name.ts';
import type { CodePosition, LanguageServers } from './language-servers.ts';
import type { ReferenceItem, SymbolQuery, SymbolReply, SymbolScope, SymbolSource } from './symbol-source.ts';

/** Definitions of one name for which servers are asked. */
const maxDefinitions = 8;

/** Language servers answer where they are ready; what they do not know, the parsers tell. */
export function withServers(parsers: SymbolSource, servers: LanguageServers): SymbolSource {
  const withOutline = async (query: FileQuery, scope: SymbolScope, signal: AbortSignal) => {
    const parsed = await parsers.ask(query, scope, signal);
    const isFile = query.text === undefined && !(query.path in scope.texts);
    const items = isFile ? await servers.outline(query.path, scope.snapshot, signal) : undefined;
    return items === undefined || items.length === 0 ? parsed : { ...parsed, items, total: items.length, notes: [] };
  };
  return {
    ask(query, scope, signal) {
      if (query.ask === 'outline') return withOutline(query, scope, signal);
      if (query.ask === 'references' || query.ask === 'callers')
        return confirmed(query, scope, signal, parsers, servers);
      return parsers.ask(query, scope, signal);
    },
    close: () => parsers.close(),
  };
}

type FileQuery = Extract<SymbolQuery, { path: string }>;
type NameQuery = Extract<SymbolQuery, { name: string }>;

/**
 * The parsers' list is complete for the name; servers say which of it means the same thing, and what else does under
 * another name.
 */
async function confirmed(
  query: NameQuery,
  scope: SymbolScope,
  signal: AbortSignal,
  parsers: SymbolSource,
  servers: LanguageServers,
): Promise<SymbolReply> {
  const reply = await parsers.ask(query, scope, signal);
  const definitions = await definitionsOf(query, reply, scope, signal, parsers);
  const look = query.ask === 'callers' ? servers.calls : servers.references;
  const asked = definitions.slice(0, maxDefinitions).map((at) => look.call(servers, at, scope.snapshot, signal));
  const answers = (await Promise.all(asked)).filter((places) => places !== undefined);
  if (answers.length === 0) return reply;
  const known = new Map(answers.flat().map((place) => [keyOf(place), place]));
  const items = reply.items.map((item) =>
    'column' in item && known.has(keyOf(item)) ? { ...item, by: 'server' as const } : item,
  );
  const listed = new Set(items.flatMap((item) => ('column' in item ? [keyOf(item)] : [])));
  const more = reply.total > reply.items.length ? [] : [...known.values()].filter((place) => !listed.has(keyOf(place)));
  const added = more.map((place) => addedItem(place, query, scope));
  const sure = items.filter((item) => 'by' in item && item.by === 'server').length;
  const said = `language servers: ${sure + added.length} of these mean what is defined at ${definitions.slice(0, 3).map(spell).join(', ')}`;
  return {
    ...reply,
    items: [...items, ...added].slice(0, query.limit),
    total: reply.total + added.length,
    notes: [said, ...reply.notes],
  };
}

async function definitionsOf(
  { name, ask }: NameQuery,
  reply: SymbolReply,
  scope: SymbolScope,
  signal: AbortSignal,
  parsers: SymbolSource,
): Promise<readonly CodePosition[]> {
  const all =
    ask === 'references' ? reply : await parsers.ask({ ask: 'references', name, limit: 10_000 }, scope, signal);
  const { around } = readName(name);
  return all.items.filter(
    (item): item is ReferenceItem => 'column' in item && item.kind === 'definition' && isAround(item.inside, around),
  );
}

/** A use under another name, or one that the parsers could not tell. */
function addedItem(place: CodePosition, { ask }: NameQuery, { snapshot }: SymbolScope): ReferenceItem {
  const text = snapshot.lines(place.path, place.line, place.line)?.[0]?.trim().slice(0, 300) ?? '';
  const kind = ask === 'callers' ? 'call' : 'use';
  return { ...place, text, kind, inside: '', insideStart: 0, insideEnd: 0, by: 'server' };
}

const keyOf = ({ path, line, column }: CodePosition): string => `${path}:${line}:${column}`;
const spell = ({ path, line }: CodePosition): string => `${path}:${line}`;
