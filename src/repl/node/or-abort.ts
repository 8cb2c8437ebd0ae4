/** The promise's value, unless the signal fires first: then it throws the signal's reason, and `dispose` gets the late value. */
export function orAbort<T>(
  promise: Promise<T>,
  signal: AbortSignal,
  dispose: (late: T) => Promise<unknown>,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    promise.then(
      (value) => {
        signal.removeEventListener('abort', onAbort);
        if (signal.aborted) void dispose(value);
        else resolve(value);
      },
      (error) => {
        signal.removeEventListener('abort', onAbort);
        reject(error);
      },
    );
  });
}
