# Which files a child agent gets: paths for what is the snapshot's, texts for everything else.
from .errors import unknown_path
from .globs import select

# Nobody writes a longer glob, and no path is.
MAX_PATTERN = 4096


def as_child(files, wanted):
    """{"paths": list, or None for all of `files`; "texts": path -> text} for None, a dict, paths, a glob or a text."""
    if wanted is None:
        wanted = files
    if wanted is files and files.untouched():
        return {"paths": None, "texts": {}}
    if isinstance(wanted, dict):
        return _split(files, wanted)
    if isinstance(wanted, str):
        paths = _named(files, wanted)
        return _split(files, paths) if paths else {"paths": [], "texts": {"context": wanted}}
    if isinstance(wanted, (list, set, frozenset, tuple)) or hasattr(wanted, "__iter__"):
        return _split(files, _checked(files, wanted))
    raise TypeError(f"files must be None, paths, a glob, a dict or a text, not {type(wanted).__name__}")


def _named(files, wanted):
    """What a path or a glob names; a text is neither, and reading it as a glob could take for ever."""
    is_text = wanted not in files and ("\n" in wanted or len(wanted) > MAX_PATTERN)
    return [] if is_text else select(files, wanted)


def _checked(files, paths):
    ordered = sorted(paths) if isinstance(paths, (set, frozenset)) else list(dict.fromkeys(paths))
    for path in ordered:
        if not isinstance(path, str) or path not in files:
            raise unknown_path(files, path)
    return ordered


def _split(files, wanted):
    texts_given = isinstance(wanted, dict) and wanted is not files
    paths, texts = [], {}
    for path in wanted:
        if not isinstance(path, str):
            raise TypeError(f"a path must be a str, not {type(path).__name__}")
        if not texts_given and files.is_original(path):
            paths.append(path)
            continue
        text = wanted[path] if texts_given else files.peek(path)
        text = text if isinstance(text, str) else str(text)
        if files.original(path) == text:
            paths.append(path)
        else:
            texts[path] = text
    return {"paths": paths, "texts": texts}
