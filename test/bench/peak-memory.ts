import { readFileSync, writeFileSync } from 'node:fs';

// Loaded before a measured process's own code: writes its greatest memory (kilobytes) to a file when it ends.
// Linux's VmHWM begins anew with the program; resourceUsage().maxRSS would count the parent's at the fork as well.

const file = process.env.BENCH_PEAK_FILE;
if (file !== undefined) process.on('exit', () => writeFileSync(file, String(peakKilobytes())));

function peakKilobytes(): number {
  try {
    return Number(/VmHWM:\s*(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]);
  } catch {
    return process.resourceUsage().maxRSS;
  }
}
