# outline, symbols, references, callers and imports: what the host's parsers (and language servers) know of the files.
from . import channel
from .errors import text_of
from .hits import clip
from .outline import in_text
from .text_lines import lines_of

MAX_ROWS = 400


class Item:
    """A row of a reply: fields as attributes or by key."""

    __slots__ = ("_fields",)

    def __init__(self, fields):
        self._fields = fields

    def __getattr__(self, name):
        try:
            return object.__getattribute__(self, "_fields")[name]
        except KeyError:
            raise AttributeError(f"{type(self).__name__} has no {name!r}; it has {', '.join(self._fields)}") from None

    def __getitem__(self, name):
        return self._fields[name]

    def keys(self):
        return self._fields.keys()

    def __dir__(self):
        return list(self._fields)


class Definition(Item):
    def __repr__(self):
        name = f"{self.container}.{self.name}" if self.container else self.name
        return f"{self.path}:{self.start}-{self.end}: {self.kind} {name}  {clip(self.signature)}"


class Reference(Item):
    def __repr__(self):
        inside = f" (in {self.inside})" if self.inside else ""
        return f"{self.path}:{self.line}: {self.kind}{inside}  {clip(self.text)}"


class Import(Item):
    def __repr__(self):
        names = f" ({', '.join(self.names)})" if self.names else ""
        return f"{self.line:>6}  {self.module}{names}" + (f" -> {self.target}" if self.target else "")


class Found(list):
    """A list with `total` (all there are), `summary` and `notes`, which are printed last."""

    def __init__(self, items, total, summary, notes):
        super().__init__(items)
        self.total, self.summary, self.notes = total, summary, notes

    def __repr__(self):
        rows = [repr(item) for item in self[:MAX_ROWS]]
        if len(self) > MAX_ROWS:
            rows.append(f"… {len(self) - MAX_ROWS:,} more in this list")
        return "\n".join([*rows, f"[{'; '.join([self.summary, *self.notes])}]"])

    __str__ = __repr__


class Outline(Found):
    def __repr__(self):
        rows = [f"{item.start:>6}  {'  ' * depth}{clip(item.signature)}" for item, depth in _indented(self[:MAX_ROWS])]
        cut = [f"… {len(self) - MAX_ROWS} more"] if len(self) > MAX_ROWS else []
        return "\n".join(["; ".join([self.summary, *self.notes]), *rows, *cut])

    __str__ = __repr__


def make(files, looks):
    """The helpers over these files, by name."""

    def outline(path):
        """Definitions of a file, as a tree with line numbers. Items: .name .kind .start .end .container .signature"""
        text = text_of(files, path)
        reply = _ask_file(files, "outline", path, text)
        lines = len(lines_of(text))
        if reply["evidence"]["filesParsed"] or reply["items"]:
            items = [Definition(item) for item in reply["items"]]
            said = "by the language server" if any(item.by == "server" for item in items) else "by a parser"
        else:
            items = [Definition(_as_text(path, *row)) for row in in_text(text, path)]
            said = "as text, not by a parser"
        summary = f"{path}: {len(items)} definitions, {lines:,} lines; read {said}"
        return Outline(items, len(items), summary, reply["notes"])

    def symbols(name, kind=None, max_hits=200):
        """Definitions of this name (or Class.name) in all files. Items: .path .name .kind .start .end .container .signature"""
        reply = _ask_name("symbols", name, 10_000 if kind else max_hits)
        items = [Definition(item) for item in reply["items"] if kind in (None, item["kind"])]
        total = len(items) if kind else reply["total"]
        _count(looks, "definitions of", name, reply, total, len(items[:max_hits]))
        return Found(items[:max_hits], total, _summary("definitions", total, items[:max_hits], reply), reply["notes"])

    def references(name, max_hits=1000):
        """Every identifier of this name in code, without comments and strings. Items: .path .line .column .kind .inside .text"""
        return _references(looks, "references", name, max_hits)

    def callers(name, max_hits=1000):
        """Every call of this name. Items: as references(), and .inside_start .inside_end: lines of the calling definition."""
        return _references(looks, "calls", name, max_hits, ask="callers")

    def imports(path):
        """What a file imports. Items: .line .module .names .target (a path of files, or None)"""
        reply = _ask_file(files, "imports", path, text_of(files, path))
        items = [Import(item) for item in reply["items"]]
        return Found(items, len(items), f"{len(items)} imports in {path}", reply["notes"])

    return {"outline": outline, "symbols": symbols, "references": references, "callers": callers, "imports": imports}


def _references(looks, what, name, max_hits, ask="references"):
    reply = _ask_name(ask, name, max_hits)
    items = [Reference(_snake(item)) for item in reply["items"]]
    _count(looks, f"{what} of", name, reply, reply["total"], len(items))
    return Found(items, reply["total"], _summary(what, reply["total"], items, reply), reply["notes"])


def _count(looks, what, name, reply, total, given):
    looks.add("symbols", f"{what} {name}", reply["evidence"]["filesSearched"], total, given)


def _snake(item):
    start, end = item.pop("insideStart"), item.pop("insideEnd")
    return {**item, "inside_start": start, "inside_end": end}


def _ask_name(ask, name, limit):
    if not isinstance(name, str):
        raise TypeError(f"a name must be a str, not {type(name).__name__}")
    return channel.call("symbols", query={"ask": ask, "name": name, "limit": limit})


def _ask_file(files, ask, path, text):
    own = {} if files.is_original(path) else {"text": text}
    return channel.call("symbols", query={"ask": ask, "path": path, **own})


def _summary(what, total, items, reply):
    evidence = reply["evidence"]
    cut = f", the first {len(items):,} are here" if total > len(items) else ""
    where = len({item.path for item in items})
    looked = f"{evidence['filesSearched']:,} files searched, {evidence['filesWithName']:,} hold the name"
    return f"{total:,} {what} in {where:,} files{cut}; {looked}, {evidence['filesParsed']:,} parsed"


def _as_text(path, line, text, name):
    place = {"path": path, "name": name, "kind": "text", "start": line, "end": line}
    return {**place, "container": "", "signature": text, "by": "text"}


def _indented(items):
    """(item, how many definitions of the list it lies in)"""
    open_ends = []
    for item in items:
        while open_ends and (open_ends[-1][1] < item.start or not _within(item, open_ends[-1])):
            open_ends.pop()
        yield item, len(open_ends)
        open_ends.append((item.start, item.end))


def _within(item, around):
    return around[0] <= item.start and item.end <= around[1] and around != (item.start, item.end)
