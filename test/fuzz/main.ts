// Gives parsers of other people's input changed inputs and looks whether they keep what they promise.
// npm run fuzz -- [TARGET …] [--seconds N] [--seed N]: without targets, all of them, one after the other.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { fuzz } from './fuzz.ts';
import { targets } from './targets.ts';

const exit = process.exit.bind(process);
// The language server ends the process when its editor says so.
process.exit = (() => undefined) as never;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seconds: { type: 'string', default: '30' }, seed: { type: 'string', default: String(Date.now() % 1e6) } },
});
const [seconds, seed] = [Number(values.seconds), Number(values.seed)];
const unknown = positionals.filter((name) => !targets.some((target) => target.name === name));
if (unknown.length > 0 || !(seconds > 0) || !Number.isInteger(seed)) {
  console.error(`Usage: npm run fuzz -- [${targets.map(({ name }) => name).join('] [')}] [--seconds N] [--seed N]`);
  exit(2);
}

for (const target of targets) {
  if (positionals.length > 0 && !positionals.includes(target.name)) continue;
  const began = performance.now();
  const current = `.cache/fuzz/${target.name}-${seed}-current.txt`;
  mkdirSync('.cache/fuzz', { recursive: true });
  const { inputs, chars, slowestMs, findings } = await fuzz(
    target,
    seed,
    () => performance.now() - began > seconds * 1000,
    (input) => writeFileSync(current, JSON.stringify(input)),
  );
  const took = Math.round((performance.now() - began) / 1000);
  const counts = `${inputs.toLocaleString('en-US')} inputs, ${(chars / 1e6).toFixed(1)} M characters`;
  console.log(
    `${target.name}: ${counts} in ${took} s, seed ${seed}; slowest ${Math.round(slowestMs)} ms; ${findings.length} findings`,
  );
  rmSync(current, { force: true });
  for (const [at, { input, problem }] of findings.entries()) {
    const file = `.cache/fuzz/${target.name}-${seed}-${at}.txt`;
    writeFileSync(file, JSON.stringify(input));
    console.log(`  ${problem.slice(0, 300)}\n    ${file}: ${JSON.stringify(input).slice(0, 300)}`);
    process.exitCode = 1;
  }
}
exit();
