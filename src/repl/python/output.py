# What a cell prints: counted in full, kept at its beginning and its end only.
import io
from collections import deque


class Output(io.TextIOBase):
    """A text stream that keeps as many characters as `keep` says: half of them the first ones, half the last."""

    encoding = "utf-8"
    errors = "replace"

    def __init__(self):
        self._head = []
        self._tail, self._tail_chars = deque(), 0
        self._chars, self._newlines, self._last = 0, 0, "\n"

        self.keep(0)

    def keep(self, limit):
        """Before anything is written."""
        self._half = self._head_left = max(1, limit // 2)

    def writable(self):
        return True

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if not text:
            return 0
        self._chars += len(text)
        self._newlines += text.count("\n")
        self._last = text[-1]
        if self._head_left:
            self._head.append(text[: self._head_left])
            rest = len(text) - self._head_left
            self._head_left = max(0, -rest)
            self._keep_tail(text[-rest:] if rest > 0 else "")
        else:
            self._keep_tail(text)
        return len(text)

    def _keep_tail(self, text):
        if not text:
            return
        piece = text[-self._half :]
        self._tail.append(piece)
        self._tail_chars += len(piece)
        while self._tail_chars - len(self._tail[0]) >= self._half:
            self._tail_chars -= len(self._tail.popleft())
        if len(self._tail) > 1000:
            self._tail = deque(["".join(self._tail)])

    def at_line_start(self):
        return self._last == "\n"

    def report(self):
        head, tail = "".join(self._head), "".join(self._tail)[-self._half :]
        lines = self._newlines + (not self.at_line_start())
        omitted = self._chars - len(head) - len(tail)
        whole = omitted == 0
        return {
            "head": head + tail if whole else head,
            "tail": "" if whole else tail,
            "totalChars": self._chars,
            "totalLines": lines,
            "omittedChars": omitted,
        }
