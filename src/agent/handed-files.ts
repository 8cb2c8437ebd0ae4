import type { ChildFiles } from '../repl/host-call.ts';
import { HostRefusal } from '../repl/repl.ts';
import { selectFiles } from '../workspace/selection.ts';
import type { AgentFiles } from './run-context.ts';

/**
 * The files that an agent's Python names, of those it has itself, and the texts it made for them.
 * @param asker names the call, for who made it.
 * @throws HostRefusal when it names one that it does not have.
 */
export function handedFiles(asker: string, own: AgentFiles, { paths, texts }: ChildFiles): AgentFiles {
  if (paths === null) return { snapshot: own.snapshot, texts: { ...own.texts, ...texts } };
  const isText = (path: string) => Object.hasOwn(own.texts, path);
  const unknown = paths.filter((path) => own.snapshot.file(path) === undefined && !isText(path));
  if (unknown.length > 0) throw new HostRefusal(`${asker}: no such files: ${unknown.slice(0, 5).join(', ')}`);
  const handed = Object.fromEntries(paths.filter(isText).map((path) => [path, own.texts[path] ?? '']));
  return { snapshot: selectFiles(own.snapshot, paths), texts: { ...handed, ...texts } };
}
