import { parentPort } from 'node:worker_threads';
import { loadPyodide } from 'pyodide';

// Stock pyodide in a worker thread: answers once its first cell ran, and stays alive.

const pyodide = await loadPyodide();
const answer: unknown = pyodide.runPython('1 + 1');
parentPort?.on('message', () => undefined);
parentPort?.postMessage(answer);
