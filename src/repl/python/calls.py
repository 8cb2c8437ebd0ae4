# llm_query, rlm_query and their batches: questions to models, answered by the host.
from . import channel
from .child_files import as_child


class CallError(str):
    """A failed item of a batch: a str that begins with "[error] ", so that code for list[str] keeps working."""

    def __new__(cls, message):
        made = super().__new__(cls, f"[error] {message}")
        made.error = message
        return made


def make(files):
    """The calls, by name; children get their files from these."""

    def llm_query(prompt, *, model=None, schema=None):
        """One model call over `prompt`. With a JSON `schema` the reply is the parsed value. Raises RuntimeError when refused."""
        return channel.call("llm_query", prompt=_text(prompt), model=model, schema=schema)

    def llm_batch(prompts, *, model=None, schema=None):
        """The same for many prompts at once, in order. A failed item is a CallError."""
        prompts = [_text(prompt) for prompt in _sequence(prompts, "prompts")]
        return _items(channel.call("llm_batch", prompts=prompts, model=model, schema=schema)) if prompts else []

    def rlm_query(task, files=None, *, schema=None):
        """A child agent with its own REPL over `files`: None (all), paths, a glob, a dict of texts, or one text."""
        return channel.call("rlm_query", child=child(task, files), schema=schema)

    def rlm_batch(tasks, files=None, *, schema=None):
        """The same for many at once. Items: a task, (task, files), or {"task": …, "files": …}. A failed item is a CallError."""
        children = [child(*_task_and_files(item, files)) for item in _sequence(tasks, "tasks")]
        return _items(channel.call("rlm_batch", children=children, schema=schema)) if children else []

    def budget():
        """What is left for this run, as the host counts it."""
        return channel.call("budget")

    def child(task, wanted):
        return {"task": _text(task), **as_child(files, wanted)}

    names = {"llm_query": llm_query, "llm_batch": llm_batch, "rlm_query": rlm_query, "rlm_batch": rlm_batch}
    aliases = {"llm_query_batched": llm_batch, "rlm_query_batched": rlm_batch}
    return {**names, **aliases, "budget": budget, "CallError": CallError}


def _text(value):
    if isinstance(value, (list, dict)):
        raise TypeError(f"a prompt must be a str, not {type(value).__name__}; for many prompts use the batch function")
    return str(value)


def _sequence(values, name):
    if isinstance(values, (str, bytes, dict)):
        raise TypeError(f"{name} must be a list, not {type(values).__name__}")
    return list(values)


def _task_and_files(item, files):
    if isinstance(item, dict):
        if "task" not in item:
            raise ValueError('a task dict needs the key "task" (and may have "files")')
        return item["task"], item.get("files", files)
    if isinstance(item, (tuple, list)):
        if len(item) != 2:
            raise ValueError(f"a task is a str or a (task, files) pair, not {len(item)} values")
        return item
    return item, files


def _items(replies):
    return [CallError(str(reply["error"])) if "error" in reply else reply["ok"] for reply in replies]
