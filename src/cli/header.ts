/** The characters of a header's name: https://www.rfc-editor.org/rfc/rfc9110#name-tokens */
const form = /^\s*([!#$%&'*+.^`|~\w-]+)\s*:\s*([\x20-\x7e]*?)\s*$/;

/** Reads `Name: value`; `undefined` when it is none, or when its value could begin another header. */
export function parseHeader(line: string): { readonly name: string; readonly value: string } | undefined {
  const match = form.exec(line);
  const [, name = '', value = ''] = match ?? [];
  return name === '' || value === '' ? undefined : { name: name.toLowerCase(), value };
}
