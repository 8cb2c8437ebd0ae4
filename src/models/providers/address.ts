/** `URL.parse`, which Node 20 lacks. */
export function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

const loopback = /^(?:localhost|.+\.localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i;

/** On this machine: text that goes there does not leave it. */
export const isLoopback = ({ hostname }: Pick<URL, 'hostname'>): boolean => loopback.test(hostname);
