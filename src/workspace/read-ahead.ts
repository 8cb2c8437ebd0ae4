/** Gives the results in the order of the inputs while up to `width` of them are under way. Ends when none is, also early. */
export async function* readAhead<In, Out>(
  inputs: Iterator<In>,
  width: number,
  start: (input: In) => Promise<Out>,
): AsyncGenerator<Out> {
  const underWay: Promise<Out>[] = [];
  const next = (): void => {
    const { done, value } = inputs.next();
    if (done === true) return;
    const started = start(value);
    // One that fails before its turn waits for it.
    started.catch(() => undefined);
    underWay.push(started);
  };
  for (let n = 0; n < width; n++) next();
  try {
    for (let first = underWay.shift(); first !== undefined; first = underWay.shift()) {
      const result = await first;
      next();
      yield result;
    }
  } finally {
    await Promise.allSettled(underWay);
  }
}
