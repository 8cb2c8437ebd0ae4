import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import type { OpenPorts } from '../language-server/ports.ts';
import { serveCitations } from '../language-server/server.ts';
import type { RunEvent } from '../runs/events.ts';
import { buildSnapshot } from '../workspace/build-snapshot.ts';
import { diskFiles } from '../workspace/node/disk-files.ts';
import type { Snapshot } from '../workspace/snapshot.ts';
import type { CliHost } from './cli-host.ts';
import type { ServeCommand } from './serve-arguments.ts';
import { sha256 } from './sha256.ts';

/** Speaks the Language Server Protocol over stdin and stdout until the editor goes away. */
export function serve(command: ServeCommand, host: CliHost): Promise<number> {
  const connection = createConnection(ProposedFeatures.all, process.stdin, process.stdout);
  serveCitations(connection, portsFor(command, host));
  connection.listen();
  // The library ends the process with the connection, as the protocol wants it.
  return new Promise(() => undefined);
}

function portsFor({ models, sandbox }: ServeCommand, host: CliHost): OpenPorts {
  return (folders) => {
    const opened = folders.filter((uri) => uri.startsWith('file:')).map((uri) => fileURLToPath(uri));
    const dirs = opened.length === 0 ? [host.cwd] : opened;
    const files = diskFiles(dirs.map((location) => ({ location })));
    const { env, bundleDir, version, platform } = host;
    let composed: ReturnType<CliHost['compose']> | undefined;
    return {
      code: (signal) => buildSnapshot(files, {}, signal),
      uriOf: fileUri,
      hash: sha256,
      ask: async (question, onEvent, signal) => {
        composed ??= host.compose({ dirs, models, sandbox, bundleDir, version, env, platform });
        const { engine } = await composed;
        let asked = { root: models.model, sub: models.subModel };
        const take = (event: RunEvent) => {
          if (event.type === 'run-start') asked = event.models;
          onEvent(event);
        };
        const end = await engine.ask(question, { onEvent: take, signal }).done;
        return { end, models: asked };
      },
      close: async () => (await composed)?.engine.close(),
    };
  };
}

/** With several roots, a path begins with its root's name. */
function fileUri(path: string, { roots }: Snapshot): string | undefined {
  const root = roots.find(({ name }) => roots.length === 1 || path.startsWith(`${name}/`));
  if (root === undefined) return undefined;
  const inRoot = roots.length === 1 ? path : path.slice(root.name.length + 1);
  return pathToFileURL(join(root.location, inRoot)).href;
}
