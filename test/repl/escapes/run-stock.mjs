// The control: the same attempts against pyodide as it comes. Arguments: JSON of [{ name, code }].
import { loadPyodide } from 'pyodide';

const pyodide = await loadPyodide({ stdout: () => undefined, stderr: () => undefined });
for (const { name, code } of JSON.parse(process.argv[2])) {
  let res = '';
  try {
    pyodide.runPython(`res = ""\n${code}`);
    res = String(pyodide.globals.get('res'));
  } catch (error) {
    res = `raised ${error}`.slice(-300);
  }
  console.log(JSON.stringify({ name, res }));
}
process.exit(0);
