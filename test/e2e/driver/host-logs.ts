import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface LogFile {
  readonly name: string;
  readonly text: string;
}

/** The logs of the extension hosts, the extension's own output channel among them. */
export class HostLogs {
  readonly #folder: string;

  constructor(userData: string) {
    this.#folder = join(userData, 'logs');
  }

  all(): readonly LogFile[] {
    if (!existsSync(this.#folder)) return [];
    return readdirSync(this.#folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.log') && /exthost/.test(name))
      .map((name) => ({ name, text: readFileSync(join(this.#folder, name), 'utf8') }));
  }

  /** What the extension has written to its output channel. */
  output(): string {
    return this.#textOf(/Ask Codebase[^/]*\.log$/);
  }

  /** Whether an extension host has activated the extension. */
  activated(): boolean {
    return /_doActivateExtension [\w-]+\.ask-codebase,/.test(this.#textOf(/remoteexthost\.log$/));
  }

  #textOf(name: RegExp): string {
    return this.all()
      .filter((file) => name.test(file.name))
      .map(({ text }) => text)
      .join('\n');
  }
}
