import {
  isMainThread,
  type MessagePort,
  parentPort,
  receiveMessageOnPort,
  Worker,
  workerData,
} from 'node:worker_threads';

// The least a blocking call from a thread can cost: postMessage there, postMessage back, Atomics.wait between.
// Prints microseconds as JSON, the median of many.

interface Setup {
  readonly bell: Int32Array;
  readonly replies: MessagePort;
}

function inWorker({ bell, replies }: Setup): void {
  const took = Array.from({ length: 2000 }, () => {
    const began = performance.now();
    const before = Atomics.load(bell, 0);
    parentPort?.postMessage({ kind: 'call', op: 'budget' });
    Atomics.wait(bell, 0, before);
    if (receiveMessageOnPort(replies) === undefined) throw new Error('the bell rang without a reply');
    return performance.now() - began;
  });
  parentPort?.postMessage({ kind: 'took', us: (took.toSorted((a, b) => a - b)[1000] ?? 0) * 1000 });
}

function inMain(): void {
  const bell = new Int32Array(new SharedArrayBuffer(4));
  const { port1, port2 } = new MessageChannel();
  const setup = { bell, replies: port2 };
  const worker = new Worker(new URL(import.meta.url), { workerData: setup, transferList: [port2 as never] });
  worker.on('message', (message: { readonly kind: string; readonly us?: number }) => {
    if (message.kind === 'took') {
      console.log(JSON.stringify(message.us));
      port1.close();
      return;
    }
    port1.postMessage({ calls: 3, maxCalls: 500 });
    Atomics.add(bell, 0, 1);
    Atomics.notify(bell, 0);
  });
}

if (isMainThread) inMain();
else inWorker(workerData as Setup);
