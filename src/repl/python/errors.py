# Errors written for the one who reads them: what is wrong, and what there is instead.
import difflib
import os


def unknown_path(files, path):
    """KeyError's wording for a path that is not in `files`, with the nearest ones that are."""
    name = os.path.basename(str(path))
    same_name = [other for other in files if os.path.basename(other) == name][:5]
    close = same_name or difflib.get_close_matches(str(path), list(files)[:20_000], n=3, cutoff=0.6)
    hint = f" Close: {', '.join(map(repr, close))}." if close else " See glob(pattern) or tree()."
    return FileNotFoundError(f"no file {str(path)[:300]!r} among the {len(files):,} files.{hint}")


def text_of(files, path):
    """The text at `path`; FileNotFoundError with close matches when there is none."""
    if not isinstance(path, str) or path not in files:
        raise unknown_path(files, path)
    text = files.peek(path)
    return text if isinstance(text, str) else str(text)
