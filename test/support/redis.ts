import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { ensureDebianPackages } from './system-packages.ts';

/** A Redis of its own on a free port, in memory only, and the function that ends it. @throws when there is none to start. */
export async function startRedis(): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> {
  ensureDebianPackages(['redis-server'], 'The test of evaluations over a queue');
  const port = await freePort();
  const options = ['--bind', '127.0.0.1', '--port', String(port), '--save', '', '--appendonly', 'no'];
  const child = spawn('redis-server', options, { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    let said = '';
    child.once('error', () => reject(new Error('There is no redis-server; install Redis (Debian: redis-server).')));
    child.once('exit', () => reject(new Error(`redis-server ended: ${said}`)));
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (said.includes('Ready to accept connections')) resolve();
    });
  });
  return {
    url: `redis://127.0.0.1:${port}`,
    stop: async () => {
      child.kill();
      await ended;
    },
  };
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
