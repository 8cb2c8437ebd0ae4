# What grep() and search() return: lists that print as what a reader needs.
from .text_lines import lines_of, unify

MAX_LINE = 300


def clip(line):
    return line if len(line) <= MAX_LINE else f"{line[:MAX_LINE]}… [{len(line):,} characters]"


class Hit:
    """One matching line. `before` and `after`: lists of (line number, text)."""

    __slots__ = ("path", "line", "text", "before", "after")

    def __init__(self, path, line, text, before, after):
        self.path, self.line, self.text, self.before, self.after = path, line, text, before, after

    def __iter__(self):
        return iter((self.path, self.line, self.text))

    def __getitem__(self, key):
        return getattr(self, key) if isinstance(key, str) else (self.path, self.line, self.text)[key]

    def __repr__(self):
        rows = [f"{self.path}-{number}- {clip(text)}" for number, text in self.before]
        rows.append(f"{self.path}:{self.line}: {clip(self.text)}")
        rows += [f"{self.path}-{number}- {clip(text)}" for number, text in self.after]
        return "\n".join(rows)


class Passage:
    """A ranked piece of a file, lines `start` to `end`. `also`: further ranges of the same file; `same`: paths that say the same."""

    __slots__ = ("path", "start", "end", "score", "why", "also", "same", "_files")

    def __init__(self, files, hit):
        self._files = files
        self.path, self.start, self.end, self.score = hit["path"], hit["start"], hit["end"], hit["score"]
        self.why, self.also, self.same = hit["why"], [tuple(one) for one in hit["also"]], hit["same"]

    @property
    def text(self):
        return "\n".join(lines_of(unify(str(self._files.peek(self.path))))[self.start - 1 : self.end])

    def __getitem__(self, key):
        return getattr(self, key)

    def __repr__(self):
        lines = [clip(line) for line in self.text.split("\n")]
        shown = lines if len(lines) <= 12 else [*lines[:10], f"… {len(lines) - 10} more lines"]
        rows = [f"{self.path}:{self.start}-{self.end} (score {self.score:.1f}: {self.why})", *(f"  {line}" for line in shown)]
        if self.also:
            rows.append("  also " + ", ".join(f"{start}-{end}" for start, end in self.also))
        if self.same:
            rows.append(f"  the same in {', '.join(self.same[:3])}" + (f" and {len(self.same) - 3} more" if len(self.same) > 3 else ""))
        return "\n".join(rows)


class Hits(list):
    """A list with a summary as its last printed line. `total`: how many there are in all, also when the list is cut."""

    def __init__(self, items, summary, total):
        super().__init__(items)
        self.summary, self.total = summary, total

    def __repr__(self):
        return "\n".join([*map(repr, self), f"[{self.summary}]"])

    __str__ = __repr__


class Ranked(Hits):
    """`ambiguous`: name of the query → how many files define it, for those that more than one does."""

    def __init__(self, items, summary, total, ambiguous):
        super().__init__(items, summary, total)
        self.ambiguous = ambiguous
