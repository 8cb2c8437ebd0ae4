import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { rowHeight } from './tree-row.tsx';
import type { TreeRow } from './tree-rows.ts';

export interface PlacedRow {
  readonly row: TreeRow;
  readonly index: number;
}

/** Rows drawn beyond what is seen, so that scrolling does not show gaps. */
const margin = 20;

/** The rows in sight. The one that may have the focus is not among them: it must not go, nor move in the document. */
export function useWindow(
  tree: RefObject<HTMLElement | null>,
  rows: readonly TreeRow[],
  focused: number,
): readonly PlacedRow[] {
  const [{ top, height }, setView] = useState({ top: 0, height: 600 });
  useEffect(() => {
    const { current } = tree;
    if (current === null) return undefined;
    const look = () => setView({ top: current.scrollTop, height: current.clientHeight });
    const observer = new ResizeObserver(look);
    observer.observe(current);
    current.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      current.removeEventListener('scroll', look);
    };
  }, []);
  const first = Math.max(0, Math.floor(top / rowHeight) - margin);
  const count = Math.ceil(height / rowHeight) + 2 * margin;
  const shown = rows.slice(first, first + count).map((row, at) => ({ row, index: first + at }));
  return shown.filter(({ index }) => index !== focused);
}

/** @returns what to call when the focus is to follow the row that it goes to. */
export function useMovedFocus(tree: RefObject<HTMLElement | null>, key: string): () => void {
  const wanted = useRef(false);
  useLayoutEffect(() => {
    if (wanted.current) tree.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus({ preventScroll: true });
    wanted.current = false;
  }, [key]);
  return () => {
    wanted.current = true;
  };
}

export function scrollToRow(tree: HTMLElement | null, index: number): void {
  if (tree === null) return;
  const top = index * rowHeight;
  if (top < tree.scrollTop) tree.scrollTop = top;
  else if (top + rowHeight > tree.scrollTop + tree.clientHeight) tree.scrollTop = top + rowHeight - tree.clientHeight;
}
