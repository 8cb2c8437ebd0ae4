import { InterpreterSession } from '../interpreter-session.ts';
import { realmLimits } from '../limits.ts';
import { loadParts } from '../load-parts.ts';
import { closeDoors, openDoors } from './doors.ts';
import { PipeLine } from './pipe-line.ts';

// Entry of a walled process: one sealed interpreter, for one REPL, in the only thread there is.
// Arguments: the folder of our assets, the cache folder, the bytes of memory that Python may have.

const [assetsDir = '', cacheDir = '', memoryBytes = ''] = process.argv.slice(2);
// A terminal sends these to all processes of its group. What they mean for a cell is for the host to say.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
const line = new PipeLine();
closeDoors();
line.say({ kind: 'up', problem: openDoors() });
try {
  const session = new InterpreterSession(line, { ...realmLimits, memoryBytes: Number(memoryBytes) });
  const { prepare, boot } = loadParts(assetsDir, cacheDir);
  boot.catch(() => undefined);
  await session.handle(await prepare);
  await session.handle(await boot);
  for (;;) await session.handle(line.next());
} catch (error) {
  line.say({ kind: 'broken', reason: error instanceof Error ? error.message : String(error) });
}
