# What the helpers looked at, counted for the host: the evidence of how complete an answer is.
MAX_LOOKS = 1000
MAX_WHAT = 200


class Looks:
    def __init__(self):
        self._counts = {}

    def add(self, kind, what, searched, found, given):
        """`searched`: files; `found` and `given`: hits (of read: lines) that there are, and that were handed over."""
        key = (kind, str(what)[:MAX_WHAT])
        if key not in self._counts and len(self._counts) >= MAX_LOOKS:
            return
        before = self._counts.get(key, (0, 0, 0))
        if kind == "read":
            given = min(found, before[2] + given)
        self._counts[key] = (max(before[0], searched), max(before[1], found), max(before[2], given))

    def take(self):
        """What was looked at since the last call."""
        rows = [
            {"kind": kind, "what": what, "files": files, "found": found, "given": given}
            for (kind, what), (files, found, given) in self._counts.items()
        ]
        self._counts = {}
        return rows
