// Packages dist/ and what belongs to it as ask-codebase-<version>.vsix: node tools/package.mjs [--out FILE]
// Fails on any warning of vsce, on a file that nothing needs, on a missing one, and on a size above the limit.
import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const maxBytes = 10 * 1024 * 1024;

/** All that may be in the package; every pattern has to match something. */
const wanted = [
  /^package\.json$/,
  /^README\.md$/,
  /^CHANGELOG\.md$/,
  /^LICENSE$/,
  /^media\/(?:icon\.png|activity-bar\.svg|panel-(?:dark|light)\.svg)$/,
  /^media\/walkthrough\/[a-z]+\.md$/,
  /^dist\/extension(?:-engine|-openai|-anthropic|-citations|-mcp)?\.cjs$/,
  /^dist\/(?:repl-(?:worker|wall|realm)|search-worker)\.js$/,
  /^dist\/symbol-worker\.cjs$/,
  /^dist\/tree-sitter\/tree-sitter(?:-[\w-]+)?\.wasm$/,
  /^dist\/pyodide\/(?:pyodide\.asm\.mjs|pyodide\.asm\.wasm|python_stdlib\.zip)$/,
  /^dist\/webview\/[\w/-]+\.(?:js|css|ttf)$/,
];

const { values } = parseArgs({ options: { out: { type: 'string' } } });
const { name, version } = JSON.parse(readFileSync('package.json', 'utf8'));
const out = values.out ?? `${name}-${version}.vsix`;

const listed = vsce('ls', '--no-dependencies');
const files = listed.split('\n').filter((line) => line !== '' && !line.startsWith(' '));
for (const file of files)
  if (!wanted.some((pattern) => pattern.test(file)))
    fail(`${file} would be shipped, and nothing needs it (.vscodeignore).`);
for (const pattern of wanted)
  if (!files.some((file) => pattern.test(file))) fail(`no file matches ${pattern}; is it built and not ignored?`);

// The README's links and pictures are relative: there is no public address to make them absolute with.
const noRepository = ['--allow-missing-repository', '--no-rewrite-relative-links'];
const said = vsce('package', '--no-dependencies', ...noRepository, '--out', out);
if (/warn/i.test(said)) fail(`vsce has warnings:\n${said}`);
const { size } = statSync(out);
console.log(`${out}: ${files.length} files, ${(size / 1024 / 1024).toFixed(2)} MB`);
if (size > maxBytes) fail(`the package is larger than ${maxBytes / 1024 / 1024} MB.`);

/** Runs vsce. @returns all that it said. */
function vsce(...args) {
  const program = fileURLToPath(import.meta.resolve('@vscode/vsce/vsce'));
  // Answers no: a question would wait for ever.
  const options = { encoding: 'utf8', input: '', maxBuffer: 64 * 1024 * 1024 };
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], options);
  if (status !== 0) fail(`\`vsce ${args.join(' ')}\` did not succeed:\n${stdout}${stderr}`);
  return `${stdout}${stderr}`;
}

function fail(problem) {
  console.error(`Packaging failed: ${problem}`);
  process.exit(1);
}
