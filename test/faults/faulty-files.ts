import type { Entry, LinkTarget, Listing, ReadResult, WorkspaceFiles } from '../../src/workspace/workspace-files.ts';
import { MemoryFiles } from '../support/workspace.ts';
import type { Chance } from './chance.ts';
import type { World } from './world.ts';

export interface FaultyFiles extends WorkspaceFiles {
  /** What each path gave when it was read, whichever way it had become. */
  readonly given: ReadonlyMap<string, readonly ReadResult[]>;
}

const texts = [
  '',
  'const one = 1;\n',
  'one\r\ntwo\rthree',
  '\ufeffconst one = "ü";\n',
  `${'x'.repeat(5000)}\n`,
  'a\n\n\n',
];
const bytes = [
  Uint8Array.of(0, 1, 2),
  Uint8Array.of(0xff, 0xfe, 0x61, 0),
  Uint8Array.of(0xc3),
  Uint8Array.of(0xe4, 0x20),
];
const names = [
  'a.ts',
  'b.py',
  'new\nline.ts',
  'bi\u202edi.ts',
  'a\\b.ts',
  "quo'te.ts",
  '..',
  'con',
  '__proto__',
  'x'.repeat(300),
];
const details = [
  'i/o error (EIO)',
  'too many open files (EMFILE)',
  'permission denied (EACCES)',
  'no such file (ENOENT)',
];

/** A disk on which files come and go, change and fail while they are listed and read, also in ways that the port forbids. */
export function faultyFiles(world: World, trouble: number): FaultyFiles {
  const { chance } = world;
  const folders = ['', 'src/', 'src/deep/', '.git/', `${'long/'.repeat(chance.from(0, 200))}`];
  const paths = chance.list(0, 30, () => one(chance, folders) + one(chance, names));
  const tree = Object.fromEntries(
    paths.map((path) => [path, chance.is(0.8) ? one(chance, texts) : one(chance, bytes)]),
  );
  const sound = new MemoryFiles({ '/home/someone/project': { ...tree, '.gitignore': 'b.py\n!src/b.py\n' } });
  const given = new Map<string, ReadResult[]>();
  const fails = () => ({ kind: 'failed', detail: one(chance, details) }) as const;
  return {
    given,
    folders: sound.folders,
    caseSensitive: chance.is(0.5),
    async open(location, signal) {
      await world.pause(signal);
      return chance.is(trouble / 10) ? { kind: 'unreadable', detail: one(chance, details) } : sound.open(location);
    },
    repository: () => sound.repository(),
    async list(key, path, signal): Promise<Listing> {
      await world.pause(signal);
      if (!chance.is(trouble)) return sound.list(key, path);
      const listing = await sound.list(key, path);
      const entries = listing.kind === 'entries' ? listing.entries : [];
      switch (chance.of({ fails: 4, changed: 6, hangs: 1 })) {
        case 'fails':
          return fails();
        case 'changed':
          return { kind: 'entries', entries: entries.flatMap((entry) => changed(chance, entry)) };
        case 'hangs':
          return never();
      }
    },
    async read(key, path, maxBytes, signal): Promise<ReadResult> {
      await world.pause(signal);
      const result = await readOne();
      given.set(path, [...(given.get(path) ?? []), result]);
      return result;
      async function readOne(): Promise<ReadResult> {
        if (!chance.is(trouble)) return sound.read(key, path, maxBytes);
        switch (chance.of({ fails: 6, larger: 2, changed: 4, hangs: 0.2, rejects: 0.5 })) {
          case 'fails':
            return fails();
          case 'larger':
            return { kind: 'too-large', size: chance.from(maxBytes, maxBytes * 1000) };
          case 'changed':
            return { kind: 'bytes', bytes: new TextEncoder().encode(one(chance, texts)) };
          case 'hangs':
            return never();
          case 'rejects':
            throw new Error('the disk threw');
        }
      }
    },
    hash: (some) => sound.hash(some),
    pause: () => sound.pause(),
  };
}

/** A name that has gone, or is another kind of thing by now, or is there twice. */
function changed(chance: Chance, entry: Entry): readonly Entry[] {
  const { name } = entry;
  const target = one<LinkTarget>(chance, [
    { kind: 'outside', isFolder: true },
    { kind: 'inside', path: 'src', isFolder: true },
    { kind: 'loop' },
    { kind: 'dangling' },
  ]);
  const now: readonly (readonly Entry[])[] = [
    ...[[], [entry], [entry, { kind: 'file', name: `${name}.new` }]],
    ...[
      [{ kind: 'link', name, target }],
      [{ kind: 'file', name }],
      [{ kind: 'folder', name }],
      [{ kind: 'other', name }],
    ],
    ...[[{ kind: 'unnameable', name }], [{ kind: 'file', name: '\ud800' }]],
  ] as (readonly Entry[])[];
  return one(chance, now);
}

const never = <T>(): Promise<T> => new Promise(() => undefined);

function one<T>(chance: Chance, all: readonly T[]): T {
  const chosen = all[chance.from(0, all.length - 1)];
  if (chosen === undefined) throw new Error('nothing to choose from');
  return chosen;
}
