import { parentPort, workerData } from 'node:worker_threads';
import { InterpreterSession } from './interpreter-session.ts';
import { ThreadLine } from './thread-line.ts';
import type { ToWorker, WorkerSetup } from './wire.ts';

// Entry of a worker thread: one sealed interpreter, for one REPL, until the thread is ended.

const setup = workerData as WorkerSetup;
const session = new InterpreterSession(new ThreadLine(setup), setup.limits);
parentPort?.on('message', (message: ToWorker) => void session.handle(message));
