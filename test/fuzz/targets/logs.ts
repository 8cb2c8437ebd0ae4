import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportedRun } from '../../../src/runs/node/exported-run.ts';
import { readRun } from '../../../src/runs/node/read-run.ts';
import { describeRun } from '../../../src/runs/run-text.ts';
import { wholeRun } from '../../runs/sample-events.ts';
import { type FuzzTarget, hold } from '../target.ts';

const file = join(mkdtempSync(join(tmpdir(), 'fuzz-log-')), 'run.jsonl');
const { events } = wholeRun();
const line = (event: unknown) => `${JSON.stringify(event)}\n`;
const options = { secrets: [], workspaces: ['/srv/work/shop'], env: {}, bundleDir: '' };
const exported = await exportedRun(events, 'json', options);
const request = { keep: 0, add: [{ role: 'user', content: 'hello' }] };

export const logs: FuzzTarget = {
  name: 'logs',
  seeds: [
    events.map(line).join(''),
    ...events.map((event) => events.slice(0, 3).map(line).join('') + line(event)),
    events.slice(0, 3).map(line).join('') +
      line({ type: 'model-start', seq: 3, at: 1, agentId: 'a0', parentId: null, turn: 1, promptChars: 5, request }),
    exported,
    '{"type":"metadata","root_model":"m"}\n{"type":"iteration","iteration":1,"prompt":[{"role":"user","content":"q"}],"response":"r","code_blocks":[{"code":"x","result":{"stdout":"","stderr":"","locals":{},"rlm_calls":[]}}],"final_answer":null}\n',
    '{"event":"execution_start","run_id":"r","step":1,"depth":0,"query":"q","code":"x"}\n',
  ],
  words: [
    '"type":"',
    '"run-end"',
    '"agent-start"',
    'null',
    '{}',
    '[]',
    '[null]',
    '"citations":',
    '"coverage":{}',
    '"usage":{}',
    '"output":{}',
    '"$text":"',
    'a'.repeat(64),
    '\n',
    '{"',
    '"}',
    '"__proto__":1',
    '"parentId":"a0"',
    '"agentId":"a0"',
    '[[[[',
    'ask-codebase-run',
  ],
  async check(input) {
    writeFileSync(file, input);
    const run = await readRun(file);
    if (run === undefined) return;
    const text = describeRun(run.events);
    hold(text.length <= 40 * input.length + 10_000, 'a run as text is about as long as its log');
    for (const format of ['json', 'md', 'sft', 'verifiers'] as const) await exportedRun(run.events, format, options);
  },
  allowedMs: { flat: 300, perChar: 0.05 },
};
