import { cell, open, pool } from './support/repl.ts';

// A fresh process: microseconds of one host call as Python sees it, the median of many. Prints JSON.

const repls = pool();
const left = { calls: 3, maxCalls: 500, tokens: 1200, maxTokens: 4_000_000, costUsd: 0, seconds: 12 };
const repl = await open(repls, { onCall: async () => left });
const code = `
import time
took = []
for _ in range(2000):
    began = time.perf_counter()
    budget()
    took.append(time.perf_counter() - began)
print(sorted(took)[1000] * 1e6)`;
console.log(JSON.stringify(Number(await cell(repl, code))));
await repls.close();
