import type { OpenRoot } from './roots.ts';
import type { LeftOut } from './snapshot.ts';

/** A file the walk decided to read. */
export interface FoundFile {
  readonly kind: 'file';
  readonly root: OpenRoot;
  readonly path: string;
}

export interface LeftOutNode {
  readonly kind: 'left-out';
  readonly entry: LeftOut;
}

/** A folder under way: filled in place while the walk goes on. */
export interface FolderNode {
  readonly kind: 'folder';
  children: readonly TreeNode[];
}

export type TreeNode = FoundFile | LeftOutNode | FolderNode;

/** Files and left-out entries in code-unit order of their full paths: each folder's children are sorted, its key with a `/`. */
export function* inOrder(top: readonly TreeNode[]): Generator<FoundFile | LeftOutNode> {
  const stack: { readonly nodes: readonly TreeNode[]; next: number }[] = [{ nodes: top, next: 0 }];
  for (let level = stack.at(-1); level !== undefined; level = stack.at(-1)) {
    const node = level.nodes[level.next++];
    if (node === undefined) stack.pop();
    else if (node.kind === 'folder') stack.push({ nodes: node.children, next: 0 });
    else yield node;
  }
}
