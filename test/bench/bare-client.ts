// The least a client can be: asks the scripted server one question after another, reading each answer's stream.
// Prints the milliseconds that each took as JSON. Arguments: the base URL, the script's key, how many times.

const [url = '', key = '', count = ''] = process.argv.slice(2);

async function askOnce(): Promise<number> {
  const startedAt = performance.now();
  const messages = [{ role: 'user', content: `[[script:${key}]]` }];
  const body = JSON.stringify({ model: 'scripted', stream: true, messages });
  const response = await fetch(`${url}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  await response.text();
  return performance.now() - startedAt;
}

const took: number[] = [];
for (let n = 0; n < Number(count); n++) took.push(await askOnce());
console.log(JSON.stringify(took));
