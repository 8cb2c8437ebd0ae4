import { readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import type { ViewKind } from '../../../extension/core/view-hub.ts';
import { webviewHtml } from '../../../extension/core/webview-html.ts';

const types: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css', '.ttf': 'font/ttf' };

export interface PageServer {
  readonly url: string;
  close(): void;
}

/** Serves what a webview would get: the page as the extension writes it, with its content security policy, and dist/webview. */
export async function servePages(folder: string): Promise<PageServer> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname.slice(1);
    if (path === 'sidebar' || path === 'panel') sendPage(response, path);
    else sendFile(response, folder, path);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function sendPage(response: ServerResponse, kind: ViewKind): void {
  const page = { title: kind === 'panel' ? 'Run' : 'Chat', cspSource: "'self'", nonce: 'n0nce' };
  response.setHeader('content-type', 'text/html');
  response.end(webviewHtml({ kind, ...page, scriptUri: `/${kind}.js`, styleUris: [`/${kind}.css`] }));
}

function sendFile(response: ServerResponse, folder: string, path: string): void {
  const type = types[extname(path)];
  try {
    if (type === undefined || !/^[\w-]+\.\w+$/.test(path)) throw new Error(`no ${path}`);
    const content = readFileSync(join(folder, path));
    response.setHeader('content-type', type);
    response.end(content);
  } catch {
    response.statusCode = path === 'favicon.ico' ? 204 : 404;
    response.end();
  }
}
