/** A line of a passage as `read()` prints it. */
export interface NumberedLine {
  readonly number: number;
  readonly text: string;
}

export function numberedLines(passage: string): readonly NumberedLine[] {
  return passage.split('\n').flatMap((line) => {
    const match = /^ *(\d+)(?: {2}(.*))?$/.exec(line);
    return match === null ? [] : [{ number: Number(match[1]), text: match[2] ?? '' }];
  });
}

/** Something defined in a passage, from the comment above it to its last line there. */
export interface Block {
  readonly name: string;
  /** The line that defines it, as it is written. */
  readonly signature: string;
  readonly lines: readonly NumberedLine[];
  /** Where in `lines` the signature is. */
  readonly at: number;
}

const definition =
  /^(\s*)(?:(?:export|default|declare|pub(?:\([^)]*\))?|public|private|protected|internal|static|final|abstract|async|unsafe|override|readonly|virtual|inline|constexpr|sealed|partial|open|suspend)\s+)*(?:(?:class|def|function\*?|func|fun|fn|struct|enum|union|trait|interface|impl(?:<[^>]*>)?|type|module|namespace|record|object|mod)\s+(?:\([^)]*\)\s*)?([A-Za-z_$][\w$]*)|(?:const|let|var)\s+([A-Za-z_$][\w$]*)\s*(?::[^=]+)?=\s*(?:async\s*)?(?:function|\(|[\w$]+\s*=>))/;
/** `int Class::method(…)` and `name(…) {`: at most a type and a name before the parenthesis. */
const method = /^(\s*)(?:[\w<>[\],:&*~?.@]+\s+){0,6}[*&]*((?:\w+::)*~?[A-Za-z_]\w*)\s*\([^;=]*\{?\s*$/;
const notMethods =
  /^(?:if|for|while|switch|return|catch|else|new|throw|case|do|assert|await|with|elif|except|print|super|self)$/;
const commentLine = /^\s*(?:\/\/|\/\*|\*|#(?!\s*(?:include|define|if|endif|else))|--|@|#\[)/;

const indentOf = (text: string): number => /^\s*/.exec(text)?.[0].length ?? 0;

export function blocksOf(lines: readonly NumberedLine[]): readonly Block[] {
  return lines.flatMap(({ text }, at) => {
    const found = definedName(text);
    if (found === undefined) return [];
    let first = at;
    while (first > 0 && commentLine.test(lines[first - 1]?.text ?? '')) first--;
    const last = lastLine(lines, at, indentOf(text));
    return [{ name: found, signature: text.trim(), lines: lines.slice(first, last + 1), at: at - first }];
  });
}

function definedName(text: string): string | undefined {
  if (text.length > 300) return undefined;
  const keyword = definition.exec(text);
  if (keyword !== null) return keyword[2] ?? keyword[3];
  const name = method.exec(text)?.[2];
  const looksDefined = text.trimEnd().endsWith('{') || /^\s+?(?:public|private|protected|static)\b/.test(text);
  return name !== undefined && looksDefined && !notMethods.test(name) ? name : undefined;
}

/** A block ends before the next line that is indented no deeper, but for a closing bracket. */
function lastLine(lines: readonly NumberedLine[], at: number, indent: number): number {
  let last = at;
  for (let next = at + 1; next < lines.length; next++) {
    const text = lines[next]?.text ?? '';
    if (text.trim() === '') continue;
    const isInside = indentOf(text) > indent || /^\s*[)\]}]/.test(text);
    if (!isInside) break;
    last = next;
    if (/^\s*\}/.test(text) && indentOf(text) === indent) break;
  }
  return last;
}
