/** Folders of a machine that a shared run must not name. All absolute; either kind of slash. */
export interface Places {
  /** The folders under question. */
  readonly workspaces: readonly string[];
  readonly homes: readonly string[];
  readonly temporary: readonly string[];
}

interface Rule {
  readonly pattern: RegExp;
  readonly placeholder: string;
}

/** A slash as it is, doubled by an escape (JSON, once or more), or percent-coded (once or more). */
const slash = String.raw`(?:[\\/]+|%(?:25)*(?:2[fF]|5[cC]))`;
const mayHoldPath = new RegExp(slash);
const colon = '(?::|%(?:25)*3[aA])';
/** One name in a path; what ends a path in prose, code, JSON and URLs ends it. */
const name = String.raw`(?:(?!%(?:25)*(?:2[fF]|5[cC]|2[0279cC]|3[abceABCE]|5[dD]|7[dD]))[^\s\\/"'${'`'}<>|:;,()[\]{}?&=*$#\u0000-\u001f])+`;
/** A path begins here and not within a longer one, a domain or a word. */
const start = String.raw`(?:(?<=\\[nrt"])|(?<=%(?:25)*(?:[01].|2[0279cC]|3[acdACD]))|(?<![\w.~$%)}>\]-]))`;
const end = String.raw`(?![\w-])`;
const drive = `[a-z]${colon}`;

const rule = (source: string, placeholder: string, flags = 'giu'): Rule => ({
  pattern: new RegExp(source, flags),
  placeholder,
});

const windowsHomes = '(?:users|documents(?: |%20)and(?: |%20)settings)';

/** `\\server\share\…`, as it is and escaped once or twice; `\\nfoo\\nbar` is text with line feeds. */
const networkPaths = [1, 2, 4].map((n) =>
  rule(String.raw`(?<![\w\\/:])\\{${2 * n}}[\w$][\w.$-]*(?:\\{${n}}[\w$][\w.$-]*)+`, '<path>'),
);

/** What is private whoever's machine it was; the person who exports a run need not be the one who ran it. */
const general: readonly Rule[] = [
  ...networkPaths,
  rule(`${start}${slash}?${drive}${slash}${windowsHomes}${slash}${name}`, '<home>'),
  // Case counts: `/users/7` is an address of a server.
  rule(`${start}${slash}(?:home|Users)${slash}${name}`, '<home>', 'gu'),
  rule(`${start}${slash}root(?=${slash})`, '<home>', 'gu'),
  rule(
    `${start}(?:${slash}private)?${slash}(?:tmp|var${slash}tmp|var${slash}folders)(?:${slash}${name})+`,
    '<temp>',
    'gu',
  ),
  rule(
    `${start}${slash}(?:mnt|srv|opt|Volumes|workspaces?|github${slash}workspace)(?:${slash}${name})+`,
    '<path>',
    'gu',
  ),
  // Two names at least: `"x:\n"` is a text with a line feed.
  rule(`${start}${drive}${slash}${name}(?:${slash}${name})+`, '<path>'),
];

/**
 * Puts placeholders for absolute paths that tell of a machine or its user: the given folders wherever they stand and however
 * they are written (escaped for JSON, percent-coded, in Windows' way), and the usual places of homes, temporary files, mounts
 * and drives. A path within a folder stays, after the placeholder. Paths of the system (`/usr/bin/env`) tell nothing and stay.
 */
export function createPlaceHider({ workspaces, homes: own, temporary }: Places): (text: string) => string {
  const exact = [
    ...workspaces.map((folder) => [folder, '<workspace>'] as const),
    ...own.map((folder) => [folder, '<home>'] as const),
    ...temporary.map((folder) => [folder, '<temp>'] as const),
  ].flatMap(([folder, placeholder]) => folderRule(folder, placeholder));
  // The longest first: a workspace lies in a home.
  const rules = [...exact.toSorted((a, b) => b.pattern.source.length - a.pattern.source.length), ...general];
  return (text) =>
    mayHoldPath.test(text)
      ? rules.reduce((clean, { pattern, placeholder }) => clean.replace(pattern, placeholder), text)
      : text;
}

/** None for a folder whose name would be found everywhere, such as `/`. */
function folderRule(folder: string, placeholder: string): readonly Rule[] {
  const parts = folder.split(/[\\/]+/).filter((part) => part !== '');
  if (parts.length === 0 || (parts.length === 1 && /^[a-z]:$/i.test(parts[0] ?? ''))) return [];
  // `/app` and `/tmp` are parts of other paths, too, where they tell of nobody's machine.
  const before = parts.length === 1 ? start : '';
  const absolute = /^[\\/]/.test(folder) ? before + slash : '';
  return [rule(`${absolute}${parts.map(anyCoding).join(slash)}${end}`, placeholder)];
}

/** A name as it is, or with any of its characters percent-coded or escaped for JavaScript. */
function anyCoding(part: string): string {
  return Array.from(part, (char) => {
    const codes = [encodeURIComponent(char), percentCode(char)].map((code) => code.replaceAll('%', '%(?:25)*'));
    const units = Array.from({ length: char.length }, (_, at) => char.charCodeAt(at).toString(16).padStart(4, '0'));
    const forms = new Set([literal(char), ...codes.map((code) => (code.includes('%') ? code : literal(code)))]);
    return `(?:${[...forms, units.map((code) => String.raw`\\+u${code}`).join('')].join('|')})`;
  }).join('');
}

const literal = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);

/** `~`, `.` and the like as some encoders write them. */
const percentCode = (char: string): string =>
  char.length === 1 && char.charCodeAt(0) < 128 && /\W/.test(char) ? `%${char.charCodeAt(0).toString(16)}` : char;
