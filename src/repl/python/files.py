# `files`: a dict of path -> text whose texts are read from /dev/corpus when they are asked for, and not kept.
import os
from collections.abc import ItemsView, ValuesView

MISSING = object()


class Files(dict):
    """dict[path, text]. Every key is really in the dict, with None for a text that is still in the corpus."""

    __slots__ = ("_index", "_fd", "_opened")

    def __init__(self, index, texts):
        dict.update(self, dict.fromkeys(index))
        dict.update(self, texts)
        self._index = index
        self._fd = os.open("/dev/corpus", os.O_RDONLY) if index else -1
        self._opened = set()

    def refresh(self, index, texts):
        """The files as they are now. Texts that cells have put in under paths of their own stay."""
        own = {path: text for path, text in dict.items(self) if path not in self._index and text is not None}
        dict.clear(self)
        dict.update(self, dict.fromkeys(index))
        dict.update(self, {path: text for path, text in own.items() if path not in index})
        dict.update(self, texts)
        self._index = index
        self._opened = set()
        if index and self._fd < 0:
            self._fd = os.open("/dev/corpus", os.O_RDONLY)

    def raw(self, path):
        """The file's bytes, without decoding."""
        text = dict.__getitem__(self, path)
        if text is not None:
            return text.encode("utf-8", "replace") if isinstance(text, str) else b""
        offset, length = self._index[path]
        return os.pread(self._fd, length, offset)

    def span(self, path):
        """Where the file's bytes lie in the corpus: (offset, length). None for a text that is not the snapshot's."""
        return self._index.get(path) if dict.__getitem__(self, path) is None else None

    def read_span(self, offset, length):
        """Bytes of the corpus; shorter only at its end."""
        parts = []
        while length > 0 and (part := os.pread(self._fd, length, offset)):
            parts.append(part)
            offset, length = offset + len(part), length - len(part)
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def size(self, path):
        """Bytes, without reading."""
        return len(self.raw(path)) if dict.__getitem__(self, path) is not None else self._index[path][1]

    def original(self, path):
        """The snapshot's text, whatever the dict holds now; None when the snapshot has no such path."""
        if path not in self._index:
            return None
        offset, length = self._index[path]
        return os.pread(self._fd, length, offset).decode("utf-8", "replace")

    def untouched(self):
        """Whether it is what the host handed over: nothing set, nothing deleted."""
        return len(self) == len(self._index) and all(dict.get(self, path, MISSING) is None for path in self._index)

    def is_original(self, path):
        return path in self._index and path in self and dict.__getitem__(self, path) is None

    def __getitem__(self, path):
        if path in self._index:
            self._opened.add(path)
        return self.peek(path)

    def peek(self, path):
        """The same for our helpers, who count for themselves what they look at."""
        text = dict.__getitem__(self, path)
        return self.original(path) if text is None and path in self._index else text

    def opened(self):
        """How many of the snapshot's files cells have taken the text of, by whatever way a dict has."""
        return len(self._opened)

    def get(self, path, default=None):
        return self[path] if path in self else default

    # Overriding __iter__ turns off CPython's shortcut for exact dicts: dict(x), {**x} and update() then use __getitem__.
    def __iter__(self):
        return dict.__iter__(self)

    def keys(self):
        return dict.keys(self)

    def values(self):
        return ValuesView(self)

    def items(self):
        return ItemsView(self)

    def copy(self):
        return dict(self)

    def pop(self, path, default=MISSING):
        if path in self:
            text = self[path]
            dict.__delitem__(self, path)
            return text
        if default is MISSING:
            raise KeyError(path)
        return default

    def popitem(self):
        path = next(reversed(self))
        return path, self.pop(path)

    def setdefault(self, path, default=None):
        if path not in self:
            self[path] = default
        return self[path]

    @classmethod
    def fromkeys(cls, paths, value=None):
        return dict.fromkeys(paths, value)

    def __eq__(self, other):
        return isinstance(other, dict) and len(other) == len(self) and dict(self) == dict(other)

    def __ne__(self, other):
        return not self == other

    __hash__ = None

    def __or__(self, other):
        return dict(self) | dict(other)

    def __ror__(self, other):
        return dict(other) | dict(self)

    def __reduce_ex__(self, protocol):
        return (dict, (dict(self),))

    def __repr__(self):
        """Short, so that print(files) does not flood the reader."""
        if len(self) <= 3 and sum(map(self.size, self)) < 300:
            return repr(dict(self))
        first = ", ".join(repr(path[:80]) for path, _ in zip(self, range(3)))
        return f"<files: {len(self):,} files, {sum(map(self.size, self)):,} bytes: {first}, …>"
