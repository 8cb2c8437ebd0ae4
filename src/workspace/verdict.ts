import { excludedFile, excludedFolder, isLockFile, isVersionControl } from './default-excludes.ts';
import type { GitIgnore } from './gitignore.ts';
import { Globs } from './globs.ts';
import type { SnapshotOptions } from './options.ts';
import { secretFile, secretFolder } from './secrets.ts';
import type { LeftOutReason } from './snapshot.ts';
import type { LinkTarget } from './workspace-files.ts';

/** Why something is left out. */
export interface Verdict {
  readonly reason: LeftOutReason;
  readonly detail: string;
}

/** What a verdict may look at. Paths are relative to the root. */
export interface Place {
  readonly path: string;
  /** With the root's own place before it: the folder around a secret may be the root. */
  readonly location: string;
  readonly name: string;
  readonly siblings: ReadonlySet<string>;
  readonly rules: GitIgnore;
  /** From the top of the repository, without a trailing slash. */
  readonly repositoryPath: string;
}

/** Decides by names and rules alone, before anything is read. `undefined` means that it stays. */
export class Verdicts {
  readonly #options: Required<SnapshotOptions>;
  readonly #include: Globs;
  readonly #exclude: Globs;
  readonly #notSecret: Globs;

  constructor(options: Required<SnapshotOptions>) {
    this.#options = options;
    this.#include = new Globs(options.include);
    this.#exclude = new Globs(options.exclude);
    this.#notSecret = new Globs(options.notSecret);
  }

  folder(place: Place): Verdict | undefined {
    if (isVersionControl(place.name)) return excluded('version control');
    const setting = this.#exclude.folder(place.path);
    if (setting !== undefined) return excluded(`setting: ${setting}`);
    const secret = secretFolder(place.location);
    if (secret !== undefined && !this.isNoSecret(place.path)) return { reason: 'secret', detail: secret };
    const known = this.#options.useDefaultExcludes
      ? excludedFolder(place.name, place.siblings, place.rules.size > 0)
      : undefined;
    if (known !== undefined) return excluded(known);
    const rule = place.rules.ruleFor(`${place.repositoryPath}/`);
    if (rule !== undefined) return { reason: 'ignored', detail: rule };
    const unreached = !this.#include.isEmpty && !this.#include.reaches(place.path);
    return unreached ? excluded('setting: nothing in it is included') : undefined;
  }

  file(place: Place): Verdict | undefined {
    if (isVersionControl(place.name)) return excluded('version control');
    const setting = this.#exclude.file(place.path);
    if (setting !== undefined) return excluded(`setting: ${setting}`);
    const secret = secretFile(place.location);
    if (secret !== undefined && !this.isNoSecret(place.path)) return { reason: 'secret', detail: secret };
    if (!this.#options.includeLockFiles && isLockFile(place.name)) return excluded('a lock file');
    const known = this.#options.useDefaultExcludes ? excludedFile(place.name) : undefined;
    if (known !== undefined) return excluded(known);
    const rule = place.rules.ruleFor(place.repositoryPath);
    if (rule !== undefined) return { reason: 'ignored', detail: rule };
    const missed = !this.#include.isEmpty && !this.#include.holds(place.path);
    return missed ? excluded('setting: not included') : undefined;
  }

  /** Whether a person said that what looks like a secret there is none. */
  isNoSecret(path: string): boolean {
    return this.#notSecret.file(path) !== undefined || this.#notSecret.folder(path) !== undefined;
  }
}

export function linkVerdict(target: LinkTarget): Verdict {
  return { reason: 'symlink', detail: linkDetail(target) };
}

function linkDetail(target: LinkTarget): string {
  switch (target.kind) {
    case 'inside':
      return `a link to ${target.path === '' ? 'the root' : target.path}, found there`;
    case 'outside':
      return 'a link out of the root';
    case 'dangling':
      return 'a link to nothing';
    case 'loop':
      return 'a link that leads back to itself';
    case 'unknown':
      return 'a link';
  }
}

const excluded = (detail: string): Verdict => ({ reason: 'excluded', detail });
