# grep, glob, read, tree and cite: looking into files without a model.
import re
from collections import Counter

from . import prefilter
from .errors import text_of
from .globs import select
from .hits import Hit, Hits
from .text_lines import lines_of, unify


def make(files, looks):
    """The helpers over these files, by name."""

    def grep(pattern, glob="**", *, ignore_case=False, context=0, max_hits=200):
        """Lines that match a regular expression (^ and $ are a line's ends). Returns hits with .path .line .text."""
        flags = re.MULTILINE | (re.IGNORECASE if ignore_case else 0)
        try:
            expression = re.compile(pattern, flags)
        except re.error as error:
            raise ValueError(f"not a regular expression: {error}. For literal text use re.escape(…).") from None
        paths = select(files, glob)
        possible = prefilter.possible(files, paths, expression)
        hits, total, matched = [], 0, 0
        for path in paths:
            if possible is not None and path not in possible:
                continue
            text = unify(str(files.peek(path)))
            found = _matching_lines(expression, text) if expression.search(text) else []
            total += len(found)
            matched += bool(found)
            room = max(0, max_hits - len(hits))
            if found and room:
                hits += _as_hits(path, text.split("\n"), found[:room], context)
        looks.add("grep", pattern, len(paths), total, len(hits))
        summary = f"{total:,} hits in {matched:,} of {len(paths):,} files searched"
        if total > len(hits):
            summary += f"; only the first {len(hits)} are here (max_hits={max_hits})"
        return Hits(hits, summary, total)

    def glob(pattern="**"):
        """Paths that match: ** any depth, * within a name; without a slash it matches names at any depth."""
        return select(files, pattern)

    def read(path, start=1, end=None):
        """Lines `start` to `end` (both included; default: all), each with its number."""
        lines = lines_of(text_of(files, path))
        first, last = max(1, int(start)), len(lines) if end is None else min(int(end), len(lines))
        if first > max(1, len(lines)) or last < first - (not lines):
            raise ValueError(f"{path} has {len(lines)} lines; there are no lines {start} to {end}")
        looks.add("read", path, 1, len(lines), max(0, last - first + 1))
        width = len(str(last))
        return "\n".join(f"{number:>{width}}  {lines[number - 1]}" for number in range(first, last + 1))

    def cite(path, start, end=None):
        """The citation of lines `start` to `end`; ValueError when those lines do not exist."""
        count = len(lines_of(text_of(files, path)))
        end = start if end is None else end
        if not (isinstance(start, int) and isinstance(end, int) and 1 <= start <= end <= count):
            raise ValueError(f"{path} has {count} lines; there are no lines {start} to {end}")
        return f"[{path}:{start}-{end}]"

    def tree(path="", depth=2):
        """Folders down to `depth` with their number of files and sizes."""
        return _tree(files, "/".join(part for part in path.split("/") if part not in ("", ".")), depth)

    return {"grep": grep, "glob": glob, "read": read, "cite": cite, "tree": tree}


def _matching_lines(expression, text):
    """Numbers of the lines in which a match begins, ascending, each once."""
    numbers, line, at = [], 1, 0
    beyond = len(text) if text[-1:] in ("", "\n") else len(text) + 1
    for match in expression.finditer(text):
        start = _start_of_words(match)
        line += text.count("\n", at, start)
        at = start
        if (not numbers or numbers[-1] != line) and at < beyond:
            numbers.append(line)
    return numbers


def _start_of_words(match):
    """Where it begins, without the blank lines that `^\\s*` takes in before the line that is meant."""
    words = match[0].lstrip()
    return match.end() - len(words) if words else match.start()


def _as_hits(path, lines, numbers, context):
    def around(first, last):
        return [(n, lines[n - 1]) for n in range(max(1, first), min(len(lines), last) + 1)]

    return [
        Hit(path, n, lines[n - 1], around(n - context, n - 1), around(n + 1, n + context))
        for n in numbers
    ]


MAX_TREE_ROWS = 200


def _tree(files, root, depth):
    prefix = f"{root}/" if root else ""
    counts, sizes = Counter(), Counter()
    for path in files:
        if not path.startswith(prefix):
            continue
        parts = path[len(prefix) :].split("/")
        for level in range(min(len(parts) - 1, depth) + 1):
            folder = "/".join(parts[:level])
            counts[folder] += 1
            sizes[folder] += files.size(path)
        if len(parts) <= depth:
            leaf = "/".join(parts)
            sizes[leaf] += files.size(path)
    if not counts:
        raise FileNotFoundError(f"no folder {root!r}; see tree()")
    rows = [_tree_row(name, counts.get(name), sizes[name], root) for name in sorted(sizes, key=lambda name: name.split("/"))]
    cut = f"\n… {len(rows) - MAX_TREE_ROWS} more; look into one folder or use a smaller depth" if len(rows) > MAX_TREE_ROWS else ""
    return "\n".join(rows[:MAX_TREE_ROWS]) + cut


def _tree_row(name, count, size, root):
    indent = "  " * (name.count("/") + 1) if name else ""
    label = name.rsplit("/", 1)[-1] if name else (root or ".")
    kilobytes = f"{size / 1024:,.0f} KB" if size >= 1024 else f"{size} B"
    return f"{indent}{label}/  {count:,} file{"s" if count != 1 else ""}, {kilobytes}" if count else f"{indent}{label}  {kilobytes}"
