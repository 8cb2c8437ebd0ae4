/** A line that defines something. */
export interface Definition {
  readonly name: string;
  readonly indent: number;
  /** A variable: it names the passage that holds it, but starts none. */
  readonly minor: boolean;
}

type Family = 'python' | 'script' | 'braces' | 'other';

const families: ReadonlyMap<string, Family> = new Map(
  Object.entries({
    python: ['python'],
    script: ['typescript', 'typescriptreact', 'javascript', 'javascriptreact', 'vue', 'svelte', 'astro', 'dart', 'php'],
    braces: [
      'c',
      'cpp',
      'cuda-cpp',
      'objective-c',
      'objective-cpp',
      'java',
      'csharp',
      'kotlin',
      'scala',
      'groovy',
      'd',
    ],
  }).flatMap(([family, languages]) => languages.map((language) => [language, family as Family] as const)),
);

export const familyOf = (language: string): Family => families.get(language) ?? 'other';

const modifiers =
  '(?:(?:export|default|declare|pub(?:\\([^)]*\\))?|public|private|protected|internal|static|final|abstract|sealed|async|unsafe|const|extern(?: "C")?|virtual|inline|override|open|data|partial|readonly|suspend|template\\s*<[^>]*>|@\\w+|cdef|cpdef|typedef)\\s+)*';
const keyword = new RegExp(
  `^([ \\t]*)${modifiers}(?:class|def|function\\*?|func|fun|fn|struct|enum(?: class)?|union|trait|interface|impl(?:<[^>]*>)?|type|mod|namespace|module|macro_rules!|record|object|package|protocol|extension|defmodule|defp|sub|proc|message|service)\\s+(?:\\([^)]*\\)\\s*)?(?:self\\.)?([A-Za-z_$][\\w$]*)`,
);
/** `int Class::method(…`, without a `;` or `=`: a definition's head, or its first line. */
const typed = /^([ \t]*)(?:[\w<>[\],:&*~?.@]+\s+)+[*&]*((?:\w+::)*~?[A-Za-z_]\w*)\s*\((?:[^;=]*)$/;
const assignedFunction =
  /^([ \t]*)(?:export\s+)?(?:const|let|var)\s+([A-Za-z_$][\w$]*)\s*(?::[^=]+)?=\s*(?:async\s*)?(?:function|\(|[\w$]+\s*=>)/;
const method =
  /^([ \t]+)(?:(?:public|private|protected|static|async|readonly|override|get|set)\s+|\*)*#?([A-Za-z_$][\w$]*)\s*(?:<[^>]*>)?\([^;]*\)\s*(?::[^;{]+)?\{\s*$/;
const macro = /^([ \t]*)#\s*define\s+([A-Za-z_]\w*)/;
/** `let mut harness = |input| {`, `handle := func(`: functions that a variable holds, where those have no words of their own. */
const heldFunction =
  /^([ \t]*)(?:let\s+(?:mut\s+)?|var\s+)?([A-Za-z_]\w*)\s*(?::[^=|]+)?:?=\s*(?:(?:move|async)\s+)*(?:\||func\s*\()/;
const variable = /^([A-Z_a-z]\w*)\s*(?::[^=]+)?=[^=]/;
const notNames = new Set(
  'if for while switch return catch else new throw case do sizeof await yield import from with using assert raise elif try package delete function'.split(
    ' ',
  ),
);

/** What a line of a language family can define by its looks; the caller knows which lines are worth asking about. */
export function definitionOf(line: string, family: Family): Definition | undefined {
  if (line.length > 400) return undefined;
  const named = keyword.exec(line);
  if (named !== null) return found(named, false);
  if (family === 'braces') {
    const match = typed.exec(line) ?? macro.exec(line);
    return match === null || notNames.has(line.trim().split(/\W/, 1)[0] ?? '') ? undefined : found(match, false);
  }
  if (family === 'script') return found(assignedFunction.exec(line) ?? method.exec(line), false);
  if (family === 'python') {
    const name = variable.exec(line)?.[1];
    return name === undefined ? undefined : { name, indent: 0, minor: true };
  }
  return found(heldFunction.exec(line), false);
}

function found(match: RegExpExecArray | null, minor: boolean): Definition | undefined {
  const name = match?.[2];
  if (match === null || name === undefined || notNames.has(name)) return undefined;
  return { name, indent: match[1]?.length ?? 0, minor };
}
