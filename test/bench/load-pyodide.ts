import { timed } from './support/repl.ts';
import { startStockPyodide } from './support/stock-pyodide.ts';

// A fresh process: from the wish for a worker with plain `loadPyodide()` to its first cell's answer. Prints milliseconds.

const { ms, value: worker } = await timed(startStockPyodide);
await worker.terminate();
console.log(JSON.stringify(ms));
