import type { SyntaxNode } from './syntax.ts';

/** Where the declared name is in C's inside-out declarators, and what kind of thing it declares. */
export interface Declared {
  readonly name: SyntaxNode;
  /** What it is called when that is not the name's text: `operator bool`. */
  readonly label?: string;
  readonly isFunction: boolean;
  /** `A.B` of `A::B::name`. */
  readonly scope: string;
}

/** @returns `undefined` for a declarator without a name. */
export function findDeclared(declarator: SyntaxNode, source: string): Declared | undefined {
  let node: SyntaxNode | null = declarator;
  let isFunction = false;
  const scope: string[] = [];
  while (node !== null) {
    switch (node.type) {
      case 'function_declarator':
        isFunction = true;
        node = node.childForFieldName('declarator');
        break;
      case 'parenthesized_declarator':
        // `(*name)(int)`: a pointer to a function is no function.
        isFunction = false;
        node = node.firstNamedChild;
        break;
      case 'qualified_identifier': {
        const within = node.childForFieldName('scope');
        if (within !== null) scope.push(source.slice(within.startIndex, within.endIndex).replace(/<[\s\S]*/, ''));
        node = node.childForFieldName('name');
        break;
      }
      case 'operator_cast': {
        const [label = ''] = source.slice(node.startIndex, node.endIndex).split('(');
        return { name: node, label: label.trim(), isFunction: true, scope: scope.join('.') };
      }
      case 'template_function':
      case 'template_method':
        node = node.childForFieldName('name');
        break;
      case 'reference_declarator':
      case 'attributed_declarator':
        node = node.firstNamedChild;
        break;
      default: {
        const inner: SyntaxNode | null = node.childForFieldName('declarator');
        if (inner === null) return { name: node, isFunction, scope: scope.join('.') };
        node = inner;
      }
    }
  }
  return undefined;
}

/** The last name of `a::b::name<T>`. */
export function lastName(node: SyntaxNode): SyntaxNode {
  const inner = node.childForFieldName('name');
  return inner === null ? node : lastName(inner);
}
