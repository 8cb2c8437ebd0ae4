import { setTimeout as sleep } from 'node:timers/promises';
import { cell, open, pool } from './support/repl.ts';
import { startStockPyodide } from './support/stock-pyodide.ts';

// A fresh process: resident memory (MB) per REPL beyond the first. Prints JSON. Arguments: `sealed` or `stock`, how many.

const [kind, count] = [process.argv[2], Number(process.argv[3])];
const repls = pool();

async function one(): Promise<void> {
  if (kind === 'stock') await startStockPyodide();
  else await cell(await open(repls), 'x = [n * n for n in range(1000)]\nlen(x)');
}

async function settledMb(): Promise<number> {
  await sleep(1000);
  return process.memoryUsage.rss() / 2 ** 20;
}

await one();
const first = await settledMb();
for (let n = 1; n < count; n++) await one();
const perRepl = ((await settledMb()) - first) / (count - 1);
console.log(JSON.stringify(perRepl));
process.exit(0);
