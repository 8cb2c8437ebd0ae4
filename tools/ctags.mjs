// Compares definitions with universal-ctags' and prints what differs: node tools/ctags.mjs FOLDER LANGUAGE [FOLDER LANGUAGE …]
// LANGUAGE is VS Code's id (go, python, typescript …). Needs `ctags` (Debian: universal-ctags) and a built dist/.
import { createSymbolSource } from '../src/symbols/node/worker-symbols.ts';
import { compareWithCtags, describeMissing, hasCtags } from '../test/support/ctags.ts';

const args = process.argv.slice(2);
if (args.length === 0 || args.length % 2 > 0 || !hasCtags()) {
  console.error('Usage: node tools/ctags.mjs FOLDER LANGUAGE …; universal-ctags has to be installed.');
  process.exit(2);
}
const source = createSymbolSource({ assetsDir: 'dist' });
for (let at = 0; at < args.length; at += 2) {
  const [folder, language] = args.slice(at, at + 2);
  const { files, tags, found, ours, missing, seconds } = await compareWithCtags(source, folder, language);
  console.log(`${language}: ${files} files, ${found} of ${tags} tags found, recall ${(found / tags).toFixed(4)}`);
  console.log(`  ${ours} definitions here, read in ${seconds.toFixed(1)} s`);
  for (const row of describeMissing(missing, 5)) console.log(`  missing ${row}`);
}
await source.close();
