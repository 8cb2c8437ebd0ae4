import type { Attachment } from '../../src/protocol/messages.ts';

/*
 * What a view sends is checked before it is used: a page that shows a model's text is not the host's equal.
 */

type Fields = Readonly<Record<string, unknown>>;

const fields = (params: unknown): Fields => (typeof params === 'object' && params !== null ? { ...params } : {});

/** @throws when it is no text. */
export function textOf(params: unknown, name: string): string {
  const value = fields(params)[name];
  if (typeof value !== 'string') throw new Error(`The request lacks its ${name}.`);
  return value;
}

export function optionalText(params: unknown, name: string): string | undefined {
  const value = fields(params)[name];
  return typeof value === 'string' ? value : undefined;
}

/** @throws when it is no whole number from 0. */
export function indexOf(params: unknown, name: string): number {
  const value = fields(params)[name];
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0)
    throw new Error(`The request lacks its ${name}.`);
  return value;
}

/** @throws when one is no attachment. */
export function attachmentsOf(params: unknown): readonly Attachment[] {
  const value = fields(params).attachments;
  if (!Array.isArray(value)) return [];
  return value.map((one: unknown) => {
    const path = textOf(one, 'path');
    const [startLine, endLine] = [indexOf(one, 'startLine'), indexOf(one, 'endLine')];
    return { path, startLine, endLine, text: textOf(one, 'text') };
  });
}
