const maxPathChars = 4096;

/** What is wrong with a request, for the model that made it. */
export class Refusal extends Error {}

/** @throws Refusal */
export function readText(value: unknown, name: string): string {
  if (typeof value !== 'string') throw new Refusal(`${name} must be a str`);
  return value;
}

/** @throws Refusal */
export function readPath(value: unknown): string {
  const path = readText(value, 'a path');
  if (path === '' || path.length > maxPathChars || path === '__proto__') throw new Refusal('a path is not valid');
  return path;
}
