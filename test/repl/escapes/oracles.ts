import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Attempt } from './parse-attempts.ts';

/** Secrets in a file, in the environment and on stdin, and a listener: what an escape would bring back or touch. */
export class Oracles {
  readonly folder = mkdtempSync(join(tmpdir(), 'repl-canary-'));
  readonly #fileSecret = `FILE-${crypto.randomUUID()}`;
  readonly #server: Server;
  #connections = 0;
  #port = 0;

  constructor() {
    writeFileSync(join(this.folder, 'canary.txt'), this.#fileSecret);
    this.#server = createServer((socket) => {
      this.#connections += 1;
      socket.on('error', () => undefined);
      socket.end('HTTP/1.0 200 OK\r\n\r\nhello');
    });
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const address = this.#server.address();
    this.#port = typeof address === 'object' && address ? address.port : 0;
  }

  code(attempt: Attempt): string {
    return attempt.code.replaceAll('__CANARY_DIR__', this.folder).replaceAll('__PORT__', String(this.#port));
  }

  /** What the attempt achieved. @param res its booty; @param told all else that it printed or raised. */
  successes(res: string, told: string): readonly string[] {
    const secrets = { FILE: this.#fileSecret, ENV: process.env.RLM_SECRET, STDIN: process.env.STDIN_SECRET };
    const found = Object.entries(secrets).filter(([, secret]) => secret && `${res}\n${told}`.includes(secret));
    const written = readdirSync(this.folder).filter((name) => name !== 'canary.txt');
    return [
      ...found.map(([kind]) => kind),
      ...(res.includes('JSEXEC:42') ? ['JS'] : []),
      ...(res.includes('PROC-OWNED') ? ['PROC'] : []),
      ...(/MEM 0x/.test(res) ? ['INFO'] : []),
      ...(this.#connections > 0 ? ['NET'] : []),
      ...(written.length > 0 ? [`WRITTEN ${written.join()}`] : []),
      ...('polluted' in {} ? ['POLLUTED'] : []),
    ];
  }

  close(): void {
    this.#server.close();
  }
}
