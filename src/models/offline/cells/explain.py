by_file = {}
for path, note in notes:
    mine = by_file.setdefault(path, [])
    if not any(note["start"] <= other["end"] and other["start"] <= note["end"] for other in mine):
        mine.append(note)
order = list(by_file)[:10]
same = {path: f", a copy of `{hit.path}`" for path, hit in copies.items()}
asked = set(question.replace("`", " ").replace("(", " ").replace(".", " ").replace("?", " ").split())
for path in order:
    by_file[path].sort(key=lambda note: (note["name"] not in asked, -note["relevance"]))


def outline_of(path):
    """Without an outline there are no names around the lines, and no less of an answer."""
    try:
        return outline(path)
    except RuntimeError:
        return []


outlines = {path: outline_of(path) for path in order}
why = {hit.path: hit.why for hit in [*hits, *defined]}


def held(path, note):
    return [one for one in outlines[path] if one.start <= note["end"] and note["start"] <= one.end]


def title(path, note):
    """What is defined there, with its kind and what it belongs to; for a piece of something longer, that."""
    own = [one for one in held(path, note) if one.name == note["name"]]
    around = [one for one in held(path, note) if one.start <= note["start"] and note["end"] <= one.end]
    chosen = own or sorted(around, key=lambda one: one.end - one.start)
    if not chosen:
        return f"`{note['name']}`" if note["name"] else ""
    one = chosen[0]
    name = f"`{one.container}.{one.name}`" if one.container else f"`{one.name}`"
    return f"{one.kind.capitalize()} {name}" if own else f"Part of {one.kind} {name}"


def where(path, note):
    """The citation; before it the head of a function, where that stands in the cited lines, so that the host checks it too."""
    code = note["signature"].rstrip("{: ").strip()
    quoted = "(" in code[:-1] and len(code) <= 100 and "`" not in code and code in read(path, note["start"], note["end"])
    return (f"`{code}` " if quoted else "") + cite(path, note["start"], note["end"])


def tell(path, note):
    """A sentence on cited lines: what they define and do; else what of the question they have."""
    name, says = title(path, note), note["says"]
    if says.startswith("It ") and name:
        told = f"{name} {says[3:]}"
    elif name or says:
        told = ": ".join(part for part in (name, says) if part)
    else:
        has = re.search(r"has ([^;]*?)(?: \(\d|;|$)", why.get(path, ""))
        told = f"Has the words {has[1]}" if has else "Has words of the question"
    return f"{told} {where(path, note)}"


def defines(path, name):
    return any(name in (note["name"], *(one.name for one in held(path, note))) for note in by_file[path])


def which(name, defining):
    """Where the question does not say which of many definitions it means, the answer does."""
    shown = sum(defines(path, name) for path in order)
    told = f"`{name}` is defined in about {defining:,} files; this answer shows {shown or 'none'} of them."
    return [f"{told} “List every definition of `{name}`” finds them all.", ""] if shown < defining else []


lines = []
if order:
    best, rest = order[0], order[4:]
    lines += [f"{LEAD} `{best}`. {tell(best, by_file[best][0])}", ""]
    lines += [line for name, defining in hits.ambiguous.items() for line in which(name, defining)]
    pieces = {path: by_file[path][1 if path == best else 0 : 3] for path in order[:4]}
    if any(pieces.values()):
        lines += ["**How the pieces fit**", ""]
        for path, some in pieces.items():
            lines += [f"- `{path}`{same.get(path, '')}", *(f"  - {tell(path, note)}" for note in some)] if some else []
        lines += [""]
    if rest:
        lines += ["**Also involved**", "", *(f"- `{path}`{same.get(path, '')} — {tell(path, by_file[path][0])}" for path in rest), ""]
    lines += ["Found by searching and reading the code, without a language model; choose one for an explanation in its own words."]
else:
    lines += [f"Nothing in the {len(files):,} files searched matches the words of the question. Try other words, or the name of something in the code."]
answer["content"] = "\n".join(lines)
answer["ready"] = True
