# What grep() and search() return: lists that print as what a reader needs.
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
    """A ranked piece of a file, lines `start` to `end`."""

    __slots__ = ("path", "start", "end", "score", "text")

    def __init__(self, path, start, end, score, text):
        self.path, self.start, self.end, self.score, self.text = path, start, end, score, text

    def __getitem__(self, key):
        return getattr(self, key)

    def __repr__(self):
        lines = [clip(line) for line in self.text.split("\n")]
        shown = lines if len(lines) <= 12 else [*lines[:10], f"… {len(lines) - 10} more lines"]
        body = "\n".join(f"  {line}" for line in shown)
        return f"{self.path}:{self.start}-{self.end} (score {self.score:.1f})\n{body}"


class Hits(list):
    """A list with a summary as its last printed line."""

    def __init__(self, items, summary):
        super().__init__(items)
        self.summary = summary

    def __repr__(self):
        return "\n".join([*map(repr, self), f"[{self.summary}]"])

    __str__ = __repr__
