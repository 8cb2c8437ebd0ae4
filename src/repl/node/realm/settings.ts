const runtime = {
  IN_NODE: false,
  IN_SHELL: true,
  IN_BROWSER: false,
  IN_NODE_ESM: false,
  IN_NODE_COMMONJS: false,
  IN_BROWSER_MAIN_THREAD: false,
  IN_BROWSER_WEB_WORKER: false,
  IN_BUN: false,
  IN_DENO: false,
  IN_SAFARI: false,
  IN_WORKERD: false,
};

/** What pyodide's own loader would hand the glue, with nothing in it: no JavaScript globals, no packages, no lock file. */
export function moduleSettings(
  fromSnapshot: boolean,
  stdioChars: number,
  stdio: (text: string) => void,
): Readonly<Record<string, unknown>> {
  const config = {
    jsglobals: Object.create(null) as object,
    env: {},
    indexURL: '/',
    packageCacheDir: '/',
    packages: [],
    args: [],
    enableRunUntilComplete: false,
  };
  const raw = boundedLines(stdioChars, stdio);
  return {
    API: { config, lockFilePromise: undefined, runtimeEnv: runtime, pyVersionTuple: [3, 14, 2], sitePackages: '/lib' },
    arguments: [],
    // `main` initialises the interpreter: the snapshot already has.
    noInitialRun: fromSnapshot,
    stdin: () => null,
    stdout: raw(),
    stderr: raw(),
    print: stdio,
    printErr: stdio,
    locateFile: (path: string) => `/${path}`,
    noImageDecoding: true,
    noAudioDecoding: true,
    noWasmDecoding: true,
  };
}

/** Character sinks for the raw descriptors 1 and 2; Emscripten's own terminal would keep an endless line on the heap. */
function boundedLines(totalChars: number, flush: (line: string) => void): () => (code: number | null) => void {
  let left = totalChars;
  return () => {
    let line = '';
    return (code) => {
      const ends = code === null || code === 10;
      if (!ends && left > 0) {
        line += String.fromCharCode(code & 255);
        left -= 1;
      }
      if (line !== '' && (ends || line.length >= 1024)) {
        flush(line);
        line = '';
      }
    };
  };
}
