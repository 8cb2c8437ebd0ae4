import type { FuzzTarget } from './target.ts';
import { citations } from './targets/citations.ts';
import { fences } from './targets/fences.ts';
import { hostCalls } from './targets/host-calls.ts';
import { logs } from './targets/logs.ts';
import { lsp } from './targets/lsp.ts';
import { mcp } from './targets/mcp.ts';

export const targets: readonly FuzzTarget[] = [fences, citations, hostCalls, logs, lsp, mcp];
