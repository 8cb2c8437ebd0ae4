import init from './__init__.py';
import calls from './calls.py';
import cells from './cells.py';
import channel from './channel.py';
import childFiles from './child_files.py';
import errors from './errors.py';
import files from './files.py';
import globs from './globs.py';
import history from './history.py';
import hits from './hits.py';
import install from './install.py';
import looking from './looking.py';
import looks from './looks.py';
import main from './main.py';
import outline from './outline.py';
import output from './output.py';
import prefilter from './prefilter.py';
import quickRegex from './quick_regex.py';
import search from './search.py';
import session from './session.py';
import shims from './shims.py';
import symbols from './symbols.py';
import textLines from './text_lines.py';

/** The Python that runs inside the interpreter, by file name. Part of its snapshot: install.py puts it there. */
export const pythonSources: Readonly<Record<string, string>> = {
  '__init__.py': init,
  'calls.py': calls,
  'cells.py': cells,
  'channel.py': channel,
  'child_files.py': childFiles,
  'errors.py': errors,
  'files.py': files,
  'globs.py': globs,
  'history.py': history,
  'hits.py': hits,
  'install.py': install,
  'looking.py': looking,
  'looks.py': looks,
  'main.py': main,
  'outline.py': outline,
  'output.py': output,
  'prefilter.py': prefilter,
  'quick_regex.py': quickRegex,
  'search.py': search,
  'session.py': session,
  'shims.py': shims,
  'symbols.py': symbols,
  'text_lines.py': textLines,
};
