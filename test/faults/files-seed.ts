import { createEngine } from '../../src/engine.ts';
import { buildSnapshot } from '../../src/workspace/build-snapshot.ts';
import { decode } from '../../src/workspace/decode.ts';
import type { Snapshot } from '../../src/workspace/snapshot.ts';
import { type FaultyFiles, faultyFiles } from './faulty-files.ts';
import { askOnce, limitsOf, portsOf, type SeededRun, shareOf } from './run-seed.ts';
import { World } from './world.ts';

/** One whole run over a file system in which anything fails. @throws when what was loaded is not what was given. */
export async function filesSeed(seed: number): Promise<SeededRun> {
  const world = new World(seed);
  const trouble = shareOf(world);
  const files = faultyFiles(world, trouble);
  const problems: string[] = [];
  const engine = createEngine({
    ...portsOf(world, trouble / 4),
    async loadSnapshot(signal) {
      const snapshot = await buildSnapshot(files, { maxFiles: world.chance.from(1, 40) }, signal);
      problems.push(...untrue(snapshot, files));
      return snapshot;
    },
  });
  const run = await askOnce(world, trouble, engine, limitsOf(world.chance));
  await world.live(engine.close());
  if (problems.length > 0) throw new Error(problems.join('; '));
  return run;
}

/** What a snapshot says that the disk did not. */
function untrue(snapshot: Snapshot, { given }: FaultyFiles): readonly string[] {
  const { coverage } = snapshot;
  const loaded = new Set(snapshot.files.map(({ path }) => path));
  const both = coverage.leftOut.filter(({ path }) => loaded.has(path));
  const made = [...loaded].filter((path) => !(given.get(path) ?? []).some((read) => holds(read, snapshot.text(path))));
  return [
    ...(loaded.size === snapshot.files.length ? [] : ['a file is there twice']),
    ...(coverage.filesLoaded === loaded.size ? [] : [`${coverage.filesLoaded} files said, ${loaded.size} loaded`]),
    ...both.map(({ path }) => `${JSON.stringify(path)} is loaded and left out`),
    ...made.map((path) => `${JSON.stringify(path)} holds what nobody gave`),
  ];
}

function holds(read: { readonly kind: string; readonly bytes?: Uint8Array }, text: string | undefined): boolean {
  const decoded = read.bytes === undefined ? undefined : decode(read.bytes);
  return decoded?.kind === 'text' && new TextDecoder('utf-8', { ignoreBOM: true }).decode(decoded.utf8) === text;
}
