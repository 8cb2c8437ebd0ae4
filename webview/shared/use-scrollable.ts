import type { RefObject } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';

/** Whether an element holds more than it shows: such a one has to be reachable by keyboard, others only lengthen the way. */
export function useScrollable(element: RefObject<HTMLElement | null>): boolean {
  const [scrollable, setScrollable] = useState(false);
  useLayoutEffect(() => {
    const { current } = element;
    if (current === null) return undefined;
    const measure = () =>
      setScrollable(current.scrollWidth > current.clientWidth + 1 || current.scrollHeight > current.clientHeight + 1);
    const sizes = new ResizeObserver(measure);
    sizes.observe(current);
    // A longer text may leave the box as large as it was.
    const texts = new MutationObserver(measure);
    texts.observe(current, { childList: true, characterData: true, subtree: true });
    return () => {
      sizes.disconnect();
      texts.disconnect();
    };
  }, []);
  return scrollable;
}
