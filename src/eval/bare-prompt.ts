/** What of a system prompt is about the lookup helpers, and what stands there without them. */
const replacements: readonly (readonly [RegExp | string, string])[] = [
  [/^- (?:search|grep|tree|symbols|blame)\([\s\S]*?\n(?=- )/gm, ''],
  [/^- cite\(.*?; budget/m, '- budget'],
  ['search by code (search, grep, outline) rather', 'search by code (Python over files) rather'],
  [/ \(callers and\s+references for names, grep for text\)/, ''],
  ['grep(r"class .*Client")', '[path for path, text in files.items() if "Client" in text]'],
  ['read(hits[0].path, 1, 120)', 'files[hits[0]][:6000]'],
  [/print\(grep\(r"retry.*\)\)/, 'print([path for path, text in files.items() if "retry" in text][:40])'],
  [/print\(read\("(.*?)", 30, 60\)\)/, 'print(files["$1"].splitlines()[29:60])'],
];

/** A system prompt that does not speak of the lookup helpers. */
export const withoutHelpers = (prompt: string): string =>
  replacements.reduce((text, [what, by]) => text.replace(what, by), prompt);
