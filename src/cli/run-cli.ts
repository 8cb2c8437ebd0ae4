import { parseArguments } from './arguments.ts';
import { ask } from './ask.ts';
import { CliError } from './cli-error.ts';
import { type CliHost, print } from './cli-host.ts';
import { exportRuns } from './export.ts';
import { jsonFailure } from './json-report.ts';
import { showLog } from './log.ts';
import { sanitizeLine } from './sanitize.ts';
import { verify } from './verify.ts';

/** Runs a command line. Never rejects. @returns the exit code. */
export async function runCli(host: CliHost): Promise<number> {
  const parsed = parseArguments(host.argv, host.version);
  if (parsed.kind === 'text') return await guarded(host, false, () => printed(host, parsed.text));
  if (parsed.kind === 'usage') return await fail(host, parsed.message, 2, parsed.json);
  if (parsed.kind === 'models') return await guarded(host, false, () => listModels(host, parsed.json));
  if (parsed.kind === 'serve') return await guarded(host, false, () => host.serve(parsed.command));
  if (parsed.kind === 'verify') return await guarded(host, parsed.command.json, () => verify(parsed.command, host));
  if (parsed.kind === 'log') return await guarded(host, false, () => showLog(parsed.command, host));
  if (parsed.kind === 'export') return await guarded(host, false, () => exportRuns(parsed.command, host));
  if (parsed.kind === 'eval') return await guarded(host, false, () => host.evaluate(parsed.command));
  const { command } = parsed;
  const { model, subModel } = command.models;
  const models = { root: model, sub: subModel || model };
  return await guarded(host, command.json, () => ask(command, host), models);
}

async function listModels(host: CliHost, json: boolean): Promise<number> {
  const { groups, text } = await host.listModels();
  return await printed(host, json ? `${JSON.stringify(groups)}\n` : text);
}

async function printed({ stdout }: CliHost, text: string): Promise<number> {
  await print(stdout, text);
  return 0;
}

const noModels = { root: '', sub: '' };

async function guarded(host: CliHost, json: boolean, work: () => Promise<number>, models = noModels): Promise<number> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof CliError) return await fail(host, error.message, error.exitCode, json, models);
    if (host.env.ASK_CODEBASE_DEBUG && error instanceof Error) host.stderr.write(`${error.stack}\n`);
    const what = error instanceof Error ? error.message : String(error);
    return await fail(host, `internal error: ${what} (ASK_CODEBASE_DEBUG=1 shows where)`, 1, json, models);
  }
}

async function fail(host: CliHost, message: string, code: number, json: boolean, models = noModels): Promise<number> {
  const line = sanitizeLine(message);
  host.stderr.write(`ask-codebase: ${line}\n`);
  if (json)
    await print(
      host.stdout,
      `${JSON.stringify(jsonFailure(code === 130 ? 'cancelled' : 'failed', line, models))}\n`,
    ).catch(() => undefined);
  return code;
}
