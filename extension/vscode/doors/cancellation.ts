import type { CancellationToken } from 'vscode';

/** The editor's way to stop as the engine's. `dispose` ends the listening. */
export function signalOf(token: CancellationToken): { readonly signal: AbortSignal; readonly dispose: () => void } {
  const controller = new AbortController();
  const listener = token.onCancellationRequested(() => controller.abort());
  if (token.isCancellationRequested) controller.abort();
  return { signal: controller.signal, dispose: () => listener.dispose() };
}
