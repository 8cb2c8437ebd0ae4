import re

by_file = {}
for path, note in notes:
    mine = by_file.setdefault(path, [])
    if not any(note["start"] <= other["end"] and other["start"] <= note["end"] for other in mine):
        mine.append(note)
order = list(by_file)[:10]


def where(path, note):
    # A signature that stands in the cited lines is quoted, so that the host checks it as well.
    code = note["signature"].rstrip("{: ").strip()
    lines = range(note["start"], note["end"] + 1)
    first = next((text for text in read(path, lines[0], lines[-1]).split("\n") if code and code in text), "")
    shown = f"`{code}` " if first and len(code) <= 100 and "`" not in code else ""
    return shown + cite(path, note["start"], note["end"])


def sentence(path, note, bare=False):
    name = f"`{note['name']}`" if note["name"] else "This part"
    says = note["says"] or "bears on the question by its words."
    if says.startswith("It "):
        return f"{name} {says[3:]} {where(path, note)}"
    return f"{name}: {says} {where(path, note)}"


lines = []
if order:
    best = order[0]
    lines += [f"{LEAD} `{best}`. {sentence(best, by_file[best][0])}", ""]
    details = [(path, note) for path in order[:4] for note in by_file[path][(1 if path == best else 0) : 3]]
    if details:
        lines += ["**How the pieces fit**", ""]
        lines += [f"- In `{path}`, {sentence(path, note)}" for path, note in details]
    if order[4:]:
        lines += ["", "**Also involved**", ""]
        lines += [f"- `{path}`: {sentence(path, by_file[path][0])}" for path in order[4:]]
    lines += ["", "Put together by searching and reading the code, without a language model; choose one for an explanation in its own words."]
else:
    lines += [f"Nothing in the {len(files):,} files searched matches the words of the question. Try other words, or the name of something in the code."]
answer["content"] = "\n".join(lines)
answer["ready"] = True
