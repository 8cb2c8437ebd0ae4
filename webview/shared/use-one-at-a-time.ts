import { useRef } from 'preact/hooks';

/** Begins a work that has a price unless the one before is under way: a button that is pressed twice asks, and pays, once. */
export function useOneAtATime(): (work: () => Promise<unknown>) => void {
  const busy = useRef(false);
  return (work) => {
    if (busy.current) return;
    busy.current = true;
    work()
      .catch(() => undefined)
      .finally(() => {
        busy.current = false;
      });
  };
}
