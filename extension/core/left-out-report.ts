import { byteSize, fullCount, plural } from '../../src/runs/format.ts';
import { countReasons, scopeText } from '../../src/runs/left-out.ts';
import type { Coverage, LeftOut } from '../../src/workspace/snapshot.ts';

/** The report of what a question reads and what it does not, as Markdown. */
export function leftOutReport(coverage: Coverage): string {
  const { filesLoaded, filesTotal, bytesLoaded, leftOut } = coverage;
  const loaded = `${fullCount(filesLoaded)} of ${plural(filesTotal, 'file')}, ${byteSize(bytesLoaded)}${scopeText(coverage).replace(/^./, ', $&')}.`;
  const head = `# What Ask Codebase loads\n\n${loaded}\n`;
  if (leftOut.length === 0) return `${head}\nNothing is left out.\n`;
  const sections = [...byReason(leftOut)].map(([reason, entries]) => section(reason, entries));
  return `${head}\n## Left out\n\n${countReasons(leftOut)}. A folder counts once.\n${sections.join('')}`;
}

function byReason(leftOut: readonly LeftOut[]): ReadonlyMap<string, readonly LeftOut[]> {
  return Map.groupBy(leftOut, ({ reason }) => reason);
}

const section = (reason: string, entries: readonly LeftOut[]): string =>
  `\n### ${reason}\n\n${entries.map(({ path, detail }) => `- ${code(path)} (${detail.replace(/\s+/g, ' ')})\n`).join('')}`;

/** A path may hold a backtick. */
const code = (path: string): string => {
  const ticks = path.includes('`') ? '``' : '`';
  return `${ticks}${path}${ticks}`;
};
