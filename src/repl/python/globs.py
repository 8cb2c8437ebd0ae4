# Path patterns: ** any depth, * and ? within a name, [a-z], {a,b}. Without a slash a pattern matches names at any depth.
import functools
import re

_TOKEN = re.compile(r"\*\*/|\*\*|\*|\?|\[[!^]?\]?[^\]]*\]|[{},]|[^*?\[{},]+|.", re.DOTALL)
# Each more of them says nothing new, and makes the expression many times slower.
_STARS, _FOLDERS = re.compile(r"\*{3,}"), re.compile(r"(?:\*\*/){2,}")


@functools.lru_cache(maxsize=256)
def matcher(pattern):
    """A predicate of paths. A folder's path (with or without / at its end) matches all that is in it."""
    pattern = _STARS.sub("**", _FOLDERS.sub("**/", pattern.removeprefix("./").removeprefix("/")))
    prefix = "(?:.*/)?" if "/" not in pattern.rstrip("/") else ""
    expression = re.compile(f"{prefix}{_translate(pattern.rstrip('/'))}(?:/.*)?", re.DOTALL)
    return lambda path: expression.fullmatch(path) is not None


def select(files, pattern):
    """Paths of `files` that match, in order. `pattern` is a glob, or a list of globs and paths."""
    patterns = [pattern] if isinstance(pattern, str) else list(pattern)
    if "**" in patterns or "*" in patterns or "" in patterns:
        return list(files)
    tests = [matcher(one) for one in patterns]
    exact = set(patterns)
    return [path for path in files if path in exact or any(test(path) for test in tests)]


def _translate(pattern):
    parts, depth = [], 0
    for token in _TOKEN.findall(pattern):
        if token == "{" and "}" in pattern:
            depth += 1
            parts.append("(?:")
        elif token == "}" and depth:
            depth -= 1
            parts.append(")")
        elif token == "," and depth:
            parts.append("|")
        else:
            parts.append(_translate_token(token))
    return "".join(parts) + ")" * depth


def _translate_token(token):
    simple = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    if token in simple:
        return simple[token]
    if len(token) > 2 and token[0] == "[" and token[-1] == "]":
        inside = token[1:-1].replace("\\", "\\\\").replace("[", "\\[")
        return _checked(f"[^{inside[1:]}]" if inside[0] in "!^" else f"[{inside}]", token)
    return re.escape(token)


def _checked(expression, token):
    """The token itself where it is no class of characters: [n-1]."""
    try:
        re.compile(expression)
    except re.error:
        return re.escape(token)
    return expression
