/**
 * Gives the results in the order of the inputs while up to `width` of them are under way. `start` must not reject:
 * a reader that stops early leaves the rest to settle by itself.
 */
export async function* readAhead<In, Out>(
  inputs: Iterator<In>,
  width: number,
  start: (input: In) => Promise<Out>,
): AsyncGenerator<Out> {
  const underWay: Promise<Out>[] = [];
  const next = (): void => {
    const { done, value } = inputs.next();
    if (done !== true) underWay.push(start(value));
  };
  for (let n = 0; n < width; n++) next();
  for (let first = underWay.shift(); first !== undefined; first = underWay.shift()) {
    const result = await first;
    next();
    yield result;
  }
}
