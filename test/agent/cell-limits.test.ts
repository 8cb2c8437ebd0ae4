import { expect, test } from 'vitest';
import { cellLimits } from '../../src/agent/agent-repl.ts';
import { defaultLimits } from '../../src/agent/limits.ts';
import { scriptedModel } from '../support/scripted-model.ts';

test.each([
  [50_000_000, 30],
  [1_000_000_000, 36],
  [10_000_000_000, 90],
])('a cell over %d bytes has %d seconds', (byteLength, seconds) => {
  const snapshot = { bytes: { file: '/spool', byteLength } };
  const { cellMs } = cellLimits({ limits: defaultLimits, snapshot }, { model: scriptedModel(() => '') });
  expect(cellMs).toBe(seconds * 1000);
});
