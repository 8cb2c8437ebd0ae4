# Which files can hold a match of a regular expression at all: those with one of the literals that every match contains.
# Finding bytes is many times faster than running the expression, and most files have none.
import re
from bisect import bisect_right
from re import _constants as op, _parser

MIN_NEEDLE = 3
MAX_NEEDLES = 16
CHUNK = 4 << 20

# Characters that, ignoring case, also match others outside of ASCII (K and the Kelvin sign); line ends are unified before matching.
_FOLDS = frozenset("kKsSiI")
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)


def possible(files, paths, expression):
    """Those of `paths` whose text may hold a match; one that is not the snapshot's always may. None: all may."""
    ignore_case = bool(expression.flags & re.IGNORECASE)
    wanted = _needles(expression, ignore_case)
    return None if wanted is None else _holders(files, paths, wanted, ignore_case)


def _needles(expression, ignore_case):
    """Byte strings of which every match contains at least one, or None when there are none worth looking for."""
    try:
        found = _of_sequence(_parser.parse(expression.pattern, expression.flags & ~re.UNICODE), ignore_case)
    except Exception:  # an expression that only the compiler understands is run on every file
        return None
    if not found or len(found) > MAX_NEEDLES or min(map(len, found)) < MIN_NEEDLE:
        return None
    return {(text.lower() if ignore_case else text).encode("utf-8", "surrogatepass") for text in found}


def _of_sequence(items, ignore_case):
    """The best of the literal runs and required parts of a sequence: the one whose shortest needle is longest."""
    best, run = None, ""

    def consider(found):
        nonlocal best
        if found and (best is None or min(map(len, found)) > min(map(len, best))):
            best = found

    for kind, value in items:
        if kind is op.LITERAL and _is_plain(chr(value), ignore_case):
            run += chr(value)
            continue
        if kind is op.AT:
            continue
        consider([run] if run else None)
        run = ""
        consider(_of_item(kind, value, ignore_case))
    consider([run] if run else None)
    return best


def _of_item(kind, value, ignore_case):
    if kind is op.SUBPATTERN:
        _, add_flags, del_flags, inner = value
        return None if add_flags or del_flags else _of_sequence(inner, ignore_case)
    if kind is op.ATOMIC_GROUP:
        return _of_sequence(value, ignore_case)
    if kind in _REPEATS:
        least, _, inner = value
        return _of_sequence(inner, ignore_case) if least > 0 else None
    if kind is op.BRANCH:
        branches = [_of_sequence(branch, ignore_case) for branch in value[1]]
        return None if None in branches else [text for branch in branches for text in branch]
    return None


def _is_plain(char, ignore_case):
    return char not in "\r\n" and not (ignore_case and (char in _FOLDS or not char.isascii()))


def _holders(files, paths, wanted, ignore_case):
    found = set()
    for chunk, starts, owners in _chunks(files, paths, found):
        text = chunk.lower() if ignore_case else chunk
        for needle in wanted:
            at = text.find(needle)
            while at >= 0:
                file = bisect_right(starts, at) - 1
                end = starts[file + 1]
                if at + len(needle) <= end:
                    found.add(owners[file])
                    at = text.find(needle, end)
                else:
                    at = text.find(needle, at + 1)
    return found


def _chunks(files, paths, unread):
    """(bytes, where each file starts and the last ends, paths) of files that lie together. Paths without bytes go to `unread`."""
    first, starts, owners = 0, [0], []
    for path in paths:
        span = files.span(path)
        if span is None:
            unread.add(path)
            continue
        offset, length = span
        if owners and (offset != first + starts[-1] or starts[-1] + length > CHUNK):
            yield files.read_span(first, starts[-1]), starts, owners
            starts, owners = [0], []
        if not owners:
            first = offset
        starts.append(starts[-1] + length)
        owners.append(path)
    if owners:
        yield files.read_span(first, starts[-1]), starts, owners
