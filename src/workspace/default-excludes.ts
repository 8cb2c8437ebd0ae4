import type { Entry } from './workspace-files.ts';

/*
 * Only what is unmistakable. A folder named `build`, `out`, `lib` or `vendor` may be source, so a name alone is not
 * enough for those: something beside it or in it has to say what it is. The rest is .gitignore's business.
 */

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

const versionControl = new Set(words('.git .hg .svn .jj .bzr _darcs .pijul .fossil .sl'));

const byName: ReadonlyMap<string, string> = new Map([
  ...words(
    'node_modules bower_components jspm_packages site-packages __pypackages__ .venv .pnpm-store .bundle Carthage elm-stuff .yarn .m2',
  ).map((name) => [name, 'dependencies'] as const),
  ...words(
    '__pycache__ .mypy_cache .pytest_cache .ruff_cache .hypothesis .ipynb_checkpoints .tox .nox .eggs .cache .parcel-cache .turbo .gradle .dart_tool .terraform .serverless .stack-work dist-newstyle .nyc_output .sass-cache .angular .vs .idea',
  ).map((name) => [name, 'a cache'] as const),
  ...words('.next .nuxt .svelte-kit .docusaurus .vercel .netlify htmlcov lcov-report DerivedData').map(
    (name) => [name, 'build output'] as const,
  ),
]);

interface Sign {
  /** Names of the folder; none means any name. */
  readonly names: readonly string[];
  /** One of these must be there. A name that starts with `*` matches by its end. */
  readonly signs: readonly string[];
  readonly what: string;
}

const insideSigns: readonly Sign[] = [
  { names: [], signs: words('pyvenv.cfg conda-meta'), what: 'dependencies' },
  { names: [], signs: words('CACHEDIR.TAG'), what: 'a cache' },
  { names: [], signs: words('CMakeCache.txt'), what: 'build output' },
  { names: ['vendor'], signs: words('modules.txt autoload.php'), what: 'dependencies' },
  { names: ['coverage'], signs: words('lcov.info lcov-report coverage-final.json clover.xml'), what: 'build output' },
  { names: ['build'], signs: words('asset-manifest.json *.ninja_log'), what: 'build output' },
];

const besideSigns: readonly Sign[] = [
  { names: ['target'], signs: words('Cargo.toml pom.xml build.sbt project.clj'), what: 'build output' },
  { names: ['build'], signs: words('build.gradle build.gradle.kts'), what: 'build output' },
  { names: ['bin', 'obj'], signs: words('*.csproj *.fsproj *.vbproj'), what: 'build output' },
  { names: ['_build', 'deps'], signs: ['mix.exs'], what: 'dependencies and build output' },
  { names: ['Pods'], signs: ['Podfile'], what: 'dependencies' },
  { names: ['_site'], signs: ['_config.yml'], what: 'build output' },
];

/** Where no .gitignore speaks, these beside a manifest are output as well. */
const besideSignsWithoutGitIgnore: readonly Sign[] = [
  {
    names: words('dist out coverage'),
    signs: words('package.json tsconfig.json pyproject.toml setup.py'),
    what: 'build output (no .gitignore says otherwise)',
  },
];

const lockFiles = new Set(
  words(`package-lock.json npm-shrinkwrap.json yarn.lock pnpm-lock.yaml bun.lock bun.lockb deno.lock composer.lock
    Gemfile.lock Pipfile.lock poetry.lock uv.lock pdm.lock pixi.lock conda-lock.yml Cargo.lock go.sum go.work.sum
    flake.lock mix.lock rebar.lock pubspec.lock Podfile.lock Package.resolved packages.lock.json gradle.lockfile
    .terraform.lock.hcl`),
);

const fileRules: readonly (readonly [RegExp, string])[] = [
  [/\.min\.(?:[cm]?js|css)$/i, 'minified'],
  [/\.(?:[cm]?js|css|ts)\.map$/i, 'a source map'],
  [/^\.pnp\.[cm]?js$/, 'dependencies'],
  [/^(?:\.DS_Store|Thumbs\.db|desktop\.ini)$/i, "the system's own"],
];

/** Applies also to `.git` as a file, as worktrees and submodules have it. */
export const isVersionControl = (name: string): boolean => versionControl.has(name);

/** @returns what a folder is, for people, or `undefined` when it may be source. `siblings` are the names beside it. */
export function excludedFolder(name: string, siblings: ReadonlySet<string>, hasGitIgnore: boolean): string | undefined {
  const known = byName.get(name) ?? (name.endsWith('.egg-info') ? 'build output' : undefined);
  if (known !== undefined) return `${known}: ${name}`;
  const signs = hasGitIgnore ? besideSigns : [...besideSigns, ...besideSignsWithoutGitIgnore];
  return saidBy(name, siblings, signs, 'beside');
}

/** @returns what a folder is by what lies in it, or `undefined`. */
export function excludedByContent(name: string, entries: readonly Entry[]): string | undefined {
  return saidBy(name, new Set(entries.map((entry) => entry.name)), insideSigns, 'with');
}

function saidBy(name: string, names: ReadonlySet<string>, signs: readonly Sign[], how: string): string | undefined {
  for (const sign of signs) {
    if (sign.names.length > 0 && !sign.names.includes(name)) continue;
    const found = sign.signs.find((one) =>
      one.startsWith('*') ? [...names].some((other) => other.endsWith(one.slice(1))) : names.has(one),
    );
    if (found !== undefined) return `${sign.what}: ${name} ${how} ${found}`;
  }
  return undefined;
}

export const isLockFile = (name: string): boolean => lockFiles.has(name);

export function excludedFile(name: string): string | undefined {
  return fileRules.find(([rule]) => rule.test(name))?.[1];
}

/** Bundles without `.min` in their name: no one writes 20 kB with 500 characters a line. */
export function looksMinified(path: string, bytes: number, lines: number): boolean {
  return bytes > 20_000 && bytes / Math.max(lines, 1) > 500 && /\.(?:[cm]?js|css)$/i.test(path);
}
