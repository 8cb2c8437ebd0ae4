import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPlaceHider } from '../../../src/runs/export/places.ts';

const hide = createPlaceHider({
  workspaces: ['/data/teams/Köln & Co/shop', 'D:\\Code\\secret-shop'],
  homes: ['/data/people/mira', 'C:\\Users\\mira.k'],
  temporary: ['/scratch/tmp-77'],
});

test.each([
  ['as it is', 'see /data/teams/Köln & Co/shop/src/a.ts:3', 'see <workspace>/src/a.ts:3'],
  ['in JSON', '{"p":"\\/data\\/people\\/mira\\/x"}', '{"p":"<home>\\/x"}'],
  ['in a URL', 'file:///data/teams/K%C3%B6ln%20%26%20Co/shop/a', 'file:<workspace>/a'],
  ['as a parameter', '?f=%2Fdata%2Fpeople%2Fmira%2Fb', '?f=<home>%2Fb'],
  ['coded twice', '%252Fdata%252Fpeople%252Fmira', '<home>'],
  ['escaped letters', '/data/teams/K\\u00f6ln & Co/shop', '<workspace>'],
  ['in Windows', 'at D:\\Code\\secret-shop\\a.ts', 'at <workspace>\\a.ts'],
  ['in Windows, escaped', '"D:\\\\Code\\\\secret-shop\\\\a.ts"', '"<workspace>\\\\a.ts"'],
  ['in Windows with slashes, another case', 'd:/code/Secret-Shop/a', '<workspace>/a'],
  ['in a URL of VS Code', 'vscode-file:///d%3A/Code/secret-shop/a', 'vscode-file://<path>'],
  ['a home of its own', 'C:\\Users\\mira.k\\x', '<home>\\x'],
  ['a temporary file', '/scratch/tmp-77/q.txt', '<temp>/q.txt'],
  ['after an escaped line feed', 'a\\n/home/eve/x', 'a\\n<home>/x'],
])('a folder that was given goes: %s', (_, text, expected) => {
  const clean = hide(text);
  if (text.includes('d%3A')) expect(clean).not.toMatch(/secret-shop/i);
  else expect(clean).toBe(expected);
});

test.each([
  ['/home/eve/project/a.ts', '<home>/project/a.ts'],
  ['File "/Users/eve/a.py", line 3', 'File "<home>/a.py", line 3'],
  ['C:\\Users\\Eve\\AppData\\x', '<home>\\AppData\\x'],
  ['C:\\\\Users\\\\Eve\\\\x', '<home>\\\\x'],
  ['file:///c%3A/Users/Eve/x', 'file:<home>/x'],
  ['%2Fhome%2Feve%2Fx', '<home>%2Fx'],
  ['/root/.cache', '<home>/.cache'],
  ['/tmp/pytest-1/x.log', '<temp>'],
  ['/private/var/folders/ab/cd/T/x', '<temp>'],
  ['E:\\build\\agent\\_work', '<path>'],
  ['\\\\fileserver\\share\\plans', '<path>'],
  ['/mnt/c/Users/Eve/x', '<path>'],
  ['\\\\wsl$\\Ubuntu\\home\\eve', '<path>'],
  ['"\\\\\\\\fileserver\\\\plans"', '"<path>"'],
  ['c:\\users\\eve\\x', '<home>\\x'],
])('places of other machines go: %s', (text, expected) => expect(hide(text)).toBe(expected));

test.each([
  'src/home/page.ts',
  'https://example.com/home/about',
  '#!/usr/bin/env python',
  'print("x:\\n")',
  'a/tmp/b',
  'GET /api/users/7',
  'GET /users/me',
  'GET /media/logo.png',
  'a\\\\nfoo\\\\nbar',
  '"\\\\d\\\\w+"',
  'one/two',
])('what tells of no machine stays: %s', (text) => expect(hide(text)).toBe(text));

test.each([
  ['backend/app/main.py and https://example.com/app/x', 'backend/app/main.py and https://example.com/app/x'],
  ['spec/tmp/a.rb, lib%2Ftmp%2Fb', 'spec/tmp/a.rb, lib%2Ftmp%2Fb'],
  ['/app/main.py', '<workspace>/main.py'],
  ['"\\/app\\/main.py" file:///app/a', '"<workspace>\\/main.py" file:<workspace>/a'],
  ['?f=%2Ftmp%2Fb', '?f=<temp>%2Fb'],
])('of a folder of one name, paths within others stay: %s', (text, expected) => {
  const clean = createPlaceHider({ workspaces: ['/app'], homes: [], temporary: ['/tmp'] });
  expect(clean(text)).toBe(expected);
});

const names = fc.stringMatching(/^[A-Za-z][A-Za-z0-9 _+.-]{2,10}[A-Za-z0-9]$/);

test('a folder is found however it is written', () => {
  fc.assert(
    fc.property(fc.array(names, { minLength: 2, maxLength: 4 }), names, (parts, file) => {
      const folder = `/${parts.join('/')}`;
      const clean = createPlaceHider({ workspaces: [folder], homes: [], temporary: [] });
      const path = `${folder}/${file}`;
      const windows = `C:\\${parts.join('\\')}`;
      const cleanWindows = createPlaceHider({ workspaces: [windows], homes: [], temporary: [] });
      for (const text of [
        path,
        JSON.stringify(path),
        encodeURIComponent(path),
        encodeURI(path),
        path.replaceAll('/', '\\/'),
      ])
        expect(clean(text)).toContain('<workspace>');
      for (const text of [windows, JSON.stringify(windows), encodeURIComponent(windows), windows.replaceAll('\\', '/')])
        expect(cleanWindows(text)).toContain('<workspace>');
    }),
  );
});
