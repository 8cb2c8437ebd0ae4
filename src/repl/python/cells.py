# Runs one cell: the last expression is echoed, `await` works at the top level, a traceback shows the cell's lines only.
import ast
import inspect
import linecache
import sys
import traceback

from . import shims

OURS = "/lib/repl/"
MAX_ERROR_CHARS = 8000
_loop = None


def run(code, number, ns):
    name = f"<cell {number}>"
    linecache.cache[name] = (len(code), None, code.splitlines(keepends=True), name)
    tree = ast.parse(code, name)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    if tree.body:
        _execute(tree, name, "exec", ns)
    if last is not None:
        echo(_execute(ast.Expression(last.value), name, "eval", ns), ns)


def _execute(tree, name, mode, ns):
    code = compile(tree, name, mode, flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
    if code.co_flags & inspect.CO_COROUTINE:
        return _until_complete(eval(code, ns))
    return eval(code, ns)


def _until_complete(coroutine):
    """One loop for all cells, so that a task made in one can be awaited in the next."""
    global _loop
    if _loop is None or _loop.is_closed():
        _loop = shims.Loop()
        shims.events.set_event_loop(_loop)
    return _loop.run_until_complete(coroutine)


def echo(value, ns):
    if value is not None:
        ns["_"] = value
        print(repr(value))


def describe(error):
    """The traceback without our own frames, bounded."""
    told = traceback.TracebackException.from_exception(error, limit=-200, max_group_width=10)
    _hide_ours(told, set())
    text = "".join(told.format()).rstrip()
    if len(text) > MAX_ERROR_CHARS:
        half = MAX_ERROR_CHARS // 2
        text = f"{text[:half]}\n… {len(text) - 2 * half:,} characters left out …\n{text[-half:]}"
    return text


def _is_ours(filename):
    """Our files, and those of the standard library that we run a cell through."""
    return filename.startswith(OURS) or "/asyncio/" in filename or filename.endswith("/ast.py")


def _hide_ours(told, seen):
    if told is None or id(told) in seen:
        return
    seen.add(id(told))
    kept = [frame for frame in told.stack if not _is_ours(frame.filename)]
    told.stack = traceback.StackSummary.from_list(kept)
    for inner in (told.__cause__, told.__context__, *(told.exceptions or ())):
        _hide_ours(inner, seen)
