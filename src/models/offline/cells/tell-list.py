in_files = {}
for path, start, last, text in places:
    in_files.setdefault(path, []).append((start, last, text))
plural = what.replace("call of", "calls of").replace("reference to", "references to").replace("definition of", "definitions of")
plural = plural.replace("import of", "imports of").replace("line with", "lines with").replace("type that extends or implements", "types that extend or implement")
plural = plural if plural != what else (f"{what}es" if what.endswith("s") else f"{what}s")
lines = []
if total == 0:
    lines += [f"There is no {what}: {evidence}."]
    near = search(question, k=3) if question.strip() else []
    if near:
        lines += ["", "Nearest by its words:", ""] + [f"- `{hit.path}` {cite(hit.path, hit.start, hit.end)}" for hit in near]
else:
    spread = f" in {len(in_files):,} file{'s' if len(in_files) != 1 else ''}" if what != "file" and not what.endswith(" file") else ""
    lines += [f"There {'is' if total == 1 else 'are'} **{total:,}** {what if total == 1 else plural}{spread}.", ""]
    left = 100
    for path, sites in in_files.items():
        shown = sites[:left]
        left -= len(shown)
        if not shown:
            continue
        if len(sites) == 1:
            start, last, text = sites[0]
            lines.append(f"- `{path}` {cite(path, start, last)}" + (f" {text}" if text else ""))
        else:
            lines.append(f"- `{path}`, {len(sites):,}:")
            lines += [f"  - {cite(path, start, last)}" + (f" {text}" if text else "") for start, last, text in shown]
    if total > 100:
        lines += ["", f"The first 100 are listed; the numbers count all {total:,}."]
    lines += ["", f"How complete this is: {evidence}."]
lines += ["", "Counted by code, without a language model."]
answer["content"] = "\n".join(lines)
answer["ready"] = True
