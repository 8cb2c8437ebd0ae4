import { languageOf } from '../workspace/languages.ts';
import type { FileFacts } from './facts.ts';

/** A file as the questions see it. */
export interface CodeFile {
  readonly path: string;
  /** VS Code's id. */
  readonly language: string;
  text(): string;
  /** Whether these letters occur in it, without reading it as text. */
  holds(name: string): boolean;
}

/** The files of one agent. */
export interface CodeFiles {
  readonly files: readonly CodeFile[];
  file(path: string): CodeFile | undefined;
}

/** What a parser says of a file, or why it says nothing. */
export type ParsedFile =
  | { readonly kind: 'facts'; readonly facts: FileFacts }
  | { readonly kind: 'no-parser' }
  /** The parser gave up: too deep, too long, or it broke. */
  | { readonly kind: 'too-hard' };

export interface Parsing {
  parse(file: CodeFile): ParsedFile;
  /** Looked at between files: whether to go on. */
  goOn(): boolean;
}

/** A text that is no file of the snapshot. */
export const textFile = (path: string, text: string): CodeFile => ({
  path,
  language: languageOf(path),
  text: () => text,
  holds: (name) => text.includes(name),
});
