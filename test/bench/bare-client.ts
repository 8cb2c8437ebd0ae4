// The least a client can be: asks the scripted server with fetch, reading each answer's stream.
// Prints the milliseconds that each request took, and all together, as JSON.
// Arguments: the base URL, the script's key, how many times, how many at once.

export interface BareCalls {
  readonly eachMs: readonly number[];
  readonly allMs: number;
}

const [url = '', key = '', count = '', atOnce = '1'] = process.argv.slice(2);

async function askOnce(id: number): Promise<number> {
  const startedAt = performance.now();
  const messages = [{ role: 'user', content: `[[script:${key} id=${id}]]` }];
  const response = await fetch(`${url}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'scripted', stream: true, messages }),
  });
  await response.text();
  return performance.now() - startedAt;
}

const eachMs: number[] = [];
let next = 0;

async function askUntilDone(): Promise<void> {
  while (next < Number(count)) eachMs.push(await askOnce(next++));
}

const startedAt = performance.now();
await Promise.all(Array.from({ length: Number(atOnce) }, askUntilDone));
console.log(JSON.stringify({ eachMs, allMs: performance.now() - startedAt } satisfies BareCalls));
