import { describe, expect, test } from 'vitest';
import { proxyEnvironment } from '../../src/cli/proxy-environment.ts';

describe('the proxies of the environment', () => {
  test('none, one, a scheme left out, small letters first', () => {
    expect(proxyEnvironment({ HTTPS_PROXY: ' ', NO_PROXY: 'x' })).toBeUndefined();
    expect(proxyEnvironment({ HTTPS_PROXY: 'proxy:8080' })).toEqual({ HTTPS_PROXY: 'http://proxy:8080', NO_PROXY: '' });
    expect(
      proxyEnvironment({ HTTP_PROXY: 'http://a:1', http_proxy: 'https://b:2', no_proxy: '.corp', NO_PROXY: '*' }),
    ).toEqual({ HTTP_PROXY: 'https://b:2', NO_PROXY: '.corp' });
  });

  test.each(['socks5://u:secret@proxy:1080', 'http://', 'not a proxy'])('%s is refused, and not repeated', (value) => {
    const refused = () => proxyEnvironment({ HTTPS_PROXY: value });
    expect(refused).toThrow(
      'HTTPS_PROXY is not the address of an HTTP proxy. Write it as http://HOST:PORT, or unset it.',
    );
  });
});
