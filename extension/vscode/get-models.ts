import { commands, env, Uri, window } from 'vscode';

/** VS Code's own view of language models; not every version has it. */
export async function manageOffered(): Promise<void> {
  try {
    await commands.executeCommand('workbench.action.chat.manage');
  } catch {
    await window.showInformationMessage(
      'Sign in to GitHub Copilot, or install an extension that offers language models. Then choose again.',
    );
  }
}

/** How a server that runs on this machine is had. */
export async function tellHow(title: string, getStarted: string): Promise<void> {
  const [url] = /https:\S+?(?=[,\s]|$)/.exec(getStarted) ?? [];
  const open = 'Open its page';
  const text = `${title} is not running on this machine. To get it, ${getStarted}. Then choose again.`;
  const chosen = await window.showInformationMessage(text, ...(url === undefined ? [] : [open]));
  if (chosen === open && url !== undefined) await env.openExternal(Uri.parse(url));
}
