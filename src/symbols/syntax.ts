/** The part of tree-sitter's nodes that is used. Offsets count UTF-16 units. */
export interface SyntaxNode {
  readonly type: string;
  readonly startIndex: number;
  readonly endIndex: number;
  readonly firstNamedChild: SyntaxNode | null;
  readonly lastNamedChild: SyntaxNode | null;
  childForFieldName(name: string): SyntaxNode | null;
}

interface SyntaxCapture {
  readonly name: string;
  readonly node: SyntaxNode;
}

/** One match of a language's query. */
export interface SyntaxMatch {
  readonly patternIndex: number;
  readonly captures: readonly SyntaxCapture[];
}
