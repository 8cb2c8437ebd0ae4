# The namespace the cells share: what we put into it, and what of it must survive a cell that overwrites it.
import json
import sys
import types

from . import calls, history, looking, search, symbols
from .files import Files
from .looks import Looks


MAX_ANSWER_CHARS = 1_000_000


class Session:
    """One REPL's names. `ns` is what the cells see as their globals."""

    def __init__(self, opening):
        self.files = Files({path: (offset, length) for path, offset, length in opening["index"]}, opening["texts"])
        self.looks = Looks()
        self.module = types.ModuleType("__main__")
        self.ns = self.module.__dict__
        self._answer = {"content": "", "ready": False}
        self._reserved = {
            "files": self.files,
            "context": self.files,
            "question": opening["question"],
            **calls.make(self.files),
            "SHOW_VARS": self.show_vars,
            "FINAL": self.final,
            "FINAL_VAR": self.final_var,
        }
        # Words that cells like for variables of their own (log, tree, symbols): a cell may take them, `del` gives them back.
        self._helpers = {
            **looking.make(self.files, self.looks),
            **symbols.make(self.files, self.looks),
            **history.make(),
            **search.make(self.files, self.looks),
        }
        self.restore()

    def refresh(self, opening):
        """Another question over the files as they are now; what the cells have made stays."""
        self.files.refresh({path: (offset, length) for path, offset, length in opening["index"]}, opening["texts"])
        self._reserved["question"] = opening["question"]
        self._answer = {"content": "", "ready": False}
        self.ns["answer"] = self._answer
        self.restore()

    def restore(self):
        """After a cell: our names mean what they meant. A new `answer` dict with the right keys is the new answer."""
        answer = self.ns.get("answer")
        if isinstance(answer, dict) and "content" in answer:
            self._answer = answer
        self.ns.update({**self._helpers, **self.ns, **self._reserved}, answer=self._answer, __name__="__main__")
        sys.modules["__main__"] = self.module

    def begin_cell(self):
        """A cell that runs after a finished answer means that the host sent it back."""
        if self._answer.get("ready"):
            self._answer["ready"] = False

    def take_looks(self):
        """What the helpers looked at since the last call, and how many files the cells have opened by themselves so far."""
        opened = self.files.opened()
        mine = [{"kind": "open", "what": "files", "files": opened, "found": 0, "given": 0}] if opened else []
        return mine + self.looks.take()

    def report_answer(self):
        content, ready = self._answer.get("content"), self._answer.get("ready")
        try:
            text = "" if content is None else _answer_text(content)
            return {"content": text[:MAX_ANSWER_CHARS], "ready": bool(ready)}
        except Exception as error:  # the cells' own __str__ or __bool__
            return {"content": f"answer could not be read: {error!r}", "ready": False}

    def variables(self):
        """Names the cells have made, sorted; without modules and names that begin with _."""
        mine = (name for name, value in self.ns.items() if isinstance(name, str) and not self._is_ours(name, value))
        return sorted(name for name in mine if not name.startswith("_"))[:500]

    def _is_ours(self, name, value):
        ours = name in self._reserved or name == "answer" or self._helpers.get(name) is value
        return ours or isinstance(value, types.ModuleType)

    def show_vars(self):
        """Your variables with their types and sizes."""
        rows = [f"{name}: {_describe(self.ns[name])}" for name in self.variables()]
        return Listing("\n".join(rows) or "no variables yet")

    def final(self, value):
        """Sets answer to this value and marks it ready."""
        self._current_answer().update(content=value, ready=True)

    def final_var(self, name):
        """The same with the value of the variable of this name, or with the value itself."""
        known = isinstance(name, str) and name.strip() in self.ns
        self.final(self.ns[name.strip()] if known else name)

    def _current_answer(self):
        answer = self.ns.get("answer")
        return answer if isinstance(answer, dict) else self._answer


class Listing(str):
    """A text that echoes without quotes."""

    def __repr__(self):
        return str(self)


def _answer_text(value):
    """Text as it is; data as JSON, so that an answer can meet a schema."""
    if isinstance(value, (dict, list, tuple, int, float)):
        try:
            return json.dumps(value, ensure_ascii=False)
        except (TypeError, ValueError):
            pass
    return str(value)


def _describe(value):
    kind = type(value).__name__
    try:
        return f"{kind}, {len(value):,} long"
    except Exception:
        return kind
