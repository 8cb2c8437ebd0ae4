/** What a piece of code is, as the themes of VS Code tell pieces apart. Each has a CSS variable in code.css. */
export type TokenKind =
  | 'comment'
  | 'keyword'
  | 'control'
  | 'string'
  | 'number'
  | 'regexp'
  | 'escape'
  | 'function'
  | 'type'
  | 'variable'
  | 'constant'
  | 'tag'
  | 'invalid';

export interface Piece {
  readonly text: string;
  readonly kind?: TokenKind;
}

export type ColouredLine = readonly Piece[];

/** @returns `null` for a language that is not known. */
export type Colourer = (text: string, language: string) => Promise<readonly ColouredLine[] | null>;

/** Name of the global that highlight.js defines. */
export const colourerName = 'askCodebaseColourer';
