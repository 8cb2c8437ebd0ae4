import { randomBytes } from 'node:crypto';
import { type Disposable, Uri, type Webview } from 'vscode';
import { type RequestHandlers, serveRequest } from '../../src/protocol/channel.ts';
import type { Connection, ViewHub, ViewKind } from '../core/view-hub.ts';
import { webviewHtml } from '../core/webview-html.ts';

export interface WebviewLink {
  readonly hub: ViewHub;
  readonly handlers: Omit<RequestHandlers, 'ready'>;
  /** The conversation is in memory. */
  readonly opened: () => Promise<void>;
  readonly extensionUri: Uri;
  readonly onError: (error: unknown) => void;
}

/** Gives a webview its page and joins it to the hub and the handlers. */
export function linkWebview(
  webview: Webview,
  kind: ViewKind,
  link: WebviewLink,
): Connection & { readonly listener: Disposable } {
  const folder = Uri.joinPath(link.extensionUri, 'dist', 'webview');
  const post = (frame: unknown) => void webview.postMessage(frame).then(undefined, link.onError);
  const connection = link.hub.attach({ kind, post });
  const handlers: RequestHandlers = {
    ...link.handlers,
    ready: async () => {
      await link.opened();
      // After the answer to this request.
      setImmediate(() => connection.ready());
      return {};
    },
  };
  const listener = webview.onDidReceiveMessage(async (frame: unknown) => {
    const answer = await serveRequest(frame, handlers);
    if (answer !== undefined) post(answer);
  });
  const asset = (name: string) => webview.asWebviewUri(Uri.joinPath(folder, name)).toString();
  webview.options = { enableScripts: true, localResourceRoots: [folder] };
  webview.html = webviewHtml({
    kind,
    title: kind === 'panel' ? 'Run' : 'Chat',
    cspSource: webview.cspSource,
    nonce: randomBytes(16).toString('base64url'),
    scriptUri: asset(`${kind}.js`),
    styleUris: [asset(`${kind}.css`)],
  });
  return { ...connection, listener };
}
