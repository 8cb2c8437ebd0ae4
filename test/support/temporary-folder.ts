import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const name = 'ask-codebase-tests-';

/** What tests and the processes they start put into the system's temporary folder goes with the test run. */
export default function setUp(): void {
  if (tmpdir().includes(name)) return;
  const folder = mkdtempSync(join(tmpdir(), name));
  process.env.TMPDIR = folder;
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
}
