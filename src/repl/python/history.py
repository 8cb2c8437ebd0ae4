# blame, log and changed_since: the folder's git history, read by the host.
from . import channel
from .symbols import Found, Item


class BlamedLine(Item):
    def __repr__(self):
        return f"{self.line:>6}  {self.commit} {self.date[:10]} {self.author}: {self.summary} | {self.text}"


class Commit(Item):
    def __repr__(self):
        return f"{self.commit} {self.date[:10]} {self.author}: {self.summary}"


class Change(Item):
    def __repr__(self):
        return f"{self.change:>9}  {self.path}"


def make():
    def blame(path, start, end=None):
        """Who last changed lines `start` to `end`, and in which commit. Items: .line .commit .author .date .summary .text"""
        return _ask(BlamedLine, "lines", ask="blame", path=path, start=start, end=start if end is None else end)

    def log(path=None, n=20):
        """The last commits (of a file). Items: .commit .author .date .summary"""
        return _ask(Commit, "commits", ask="log", path=path, count=n)

    def changed_since(ref):
        """Files that differ from a commit, branch or tag. Items: .path .change"""
        return _ask(Change, "changed files", ask="changed_since", ref=ref)

    return {"blame": blame, "log": log, "changed_since": changed_since}


def _ask(kind, what, **query):
    reply = channel.call("git", query=query)
    items = [kind(item) for item in reply["items"]]
    return Found(items, len(items), f"{len(items)} {what}", reply["notes"])
